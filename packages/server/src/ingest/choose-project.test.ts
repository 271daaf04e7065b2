import type { LogEvent, ProjectId, Span, TraceId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { chooseProject } from './choose-project.ts'

const span = (traceId: string, projectName?: string) => ({ span: { traceId: traceId as TraceId } as Span, projectName })
const event = (traceId: string | undefined, projectName?: string) => ({
  event: { traceId: traceId as TraceId | undefined } as LogEvent,
  projectName,
})

const outline = (groups: ReturnType<typeof chooseProject>) =>
  groups.map((group) => [
    group.projectId,
    group.fixed,
    group.spans.map((one) => one.traceId).join(),
    group.logEvents.length,
  ])

describe('chooseProject', () => {
  test('puts everything under the key, whatever the spans say', () => {
    const fixed = { projectId: 'mine' as ProjectId, environment: 'prod' }
    const groups = chooseProject({ fixed, headerProject: 'theirs' }, [span('a', 'other'), span('b')], [event('a')])
    expect(groups).toEqual([
      { ...fixed, fixed: true, spans: [{ traceId: 'a' }, { traceId: 'b' }], logEvents: [{ traceId: 'a' }] },
    ])
  })

  test('follows the header, then what the spans of a trace say, then the default', () => {
    expect(outline(chooseProject({ headerProject: 'My App!' }, [span('a', 'other')], []))).toEqual([
      ['my-app', false, 'a', 0],
    ])
    expect(
      outline(
        chooseProject({}, [span('a'), span('a', 'Chat Bot'), span('b'), span('a')], [event('a'), event(undefined)]),
      ),
    ).toEqual([
      ['chat-bot', false, 'a,a,a', 1],
      ['default', false, 'b', 1],
    ])
  })

  test.each(['///', '.', '..', '_', '../..'])('takes %j, a name without a letter or a digit, as none', (name) => {
    const toDefault = [['default', false, 'a', 0]]
    expect(outline(chooseProject({ headerProject: name }, [span('a')], []))).toEqual(toDefault)
    expect(outline(chooseProject({}, [span('a', name)], []))).toEqual(toDefault)
    expect(outline(chooseProject({ headerProject: name }, [span('a', 'shop')], []))).toEqual([['shop', false, 'a', 0]])
  })
})
