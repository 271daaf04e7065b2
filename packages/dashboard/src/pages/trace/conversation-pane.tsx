import type { JsonValue } from '@tracellm/core'
import { formatBytes, formatCount } from '@tracellm/core/format'
import type { MessageJson, TruncatedJson } from '@tracellm/core/wire'
import { useMemo, useState } from 'react'
import { useData } from '../../data/data.tsx'
import { newSince, readConversation } from '../../layout/conversation.ts'
import { Icon } from '../../parts/icon.tsx'
import { MessageView } from '../../parts/message-view.tsx'
import { CutNote } from './cut-body.tsx'
import type { ContentPaneProps } from './values-pane.tsx'

/** The conversation as it was read: what went in, then what the model said, on a lighter ground. */
export function ConversationPane({ span, projectId }: ContentPaneProps) {
  const { client } = useData()
  const [whole, setWhole] = useState<ReadonlyMap<number, Whole>>(new Map())
  const [isUnfolded, setUnfolded] = useState(false)
  const messages = useMemo(
    () => span.messages.map((message, index) => withWhole(message, whole.get(index))),
    [span, whole],
  )
  const shown = useMemo(() => readConversation(messages), [messages])
  const firstShown = isUnfolded ? 0 : newSince(shown)

  async function load(index: number, truncated: TruncatedJson) {
    const put = (body: Whole) => setWhole((before) => new Map(before).set(index, body))
    put('loading')
    try {
      const text = await client.readBody(span.trace_id, truncated.body, { project_id: projectId })
      put((JSON.parse(text) as { parts: MessageJson['parts'] }).parts)
    } catch (error) {
      put(error instanceof Error ? error : new Error(String(error)))
    }
  }

  return shown.map((one, place) => {
    if (place < firstShown) {
      const folded = messages.slice(0, shown[firstShown]!.index)
      return place === 0 && <Folded key="folded" messages={folded} unfold={() => setUnfolded(true)} />
    }
    return (
      <section key={one.index} aria-label={`Message ${one.index + 1}`}>
        <MessageView shown={one} />
        {cutBetween(span.truncated, one.index, shown[place + 1]?.index).map(({ index, truncated }) => {
          const body = whole.get(index)
          if (Array.isArray(body)) return null
          const error = body instanceof Error ? body : null
          return (
            <CutNote
              key={index}
              bytes={truncated.bytes}
              isLoading={body === 'loading'}
              error={error}
              load={() => void load(index, truncated)}
            />
          )
        })}
      </section>
    )
  })
}

/** The parts of a message that was cut, once somebody wanted them. */
type Whole = 'loading' | Error | readonly Record<string, JsonValue>[]

function withWhole(message: MessageJson, body: Whole | undefined): MessageJson {
  return Array.isArray(body) ? { ...message, parts: body } : message
}

/** The messages that were cut, from one that is shown up to the next: results of tools stand with their calls. */
function cutBetween(truncated: readonly TruncatedJson[], from: number, to = Number.POSITIVE_INFINITY) {
  return truncated.flatMap((one) => {
    const index = Number(/^messages\[(\d+)\]$/.exec(one.field)?.[1] ?? -1)
    return index >= from && index < to ? [{ index, truncated: one }] : []
  })
}

function Folded({ messages, unfold }: { messages: readonly MessageJson[]; unfold: () => void }) {
  const bytes = messages.reduce((sum, message) => sum + message.bytes, 0)
  return (
    <button type="button" className="folded" aria-expanded="false" onClick={unfold}>
      <Icon name="forward" />
      <span className="cut">
        <b>{formatCount(messages.length)} messages</b> from before
      </span>
      <span>{formatBytes(bytes)}</span>
    </button>
  )
}
