import type { JsonValue, LogEvent, Span, SpanId, TraceId } from '@tracellm/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shortId } from '../../short-text.ts'
import { TextBounds } from './text-bounds.ts'

const huge = 'x'.repeat(10_000)

const span: Span = {
  traceId: 'a'.repeat(32) as TraceId,
  spanId: 'b'.repeat(16) as SpanId,
  name: 'step',
  type: 'tool',
  kind: 'internal',
  status: 'error',
  startUs: 5,
  origin: 'span',
  error: { message: huge, type: 'Timeout' },
  call: { provider: 'openai', requestModel: 'gpt-5', responseModel: 'gpt-5', responseId: 'r1' },
  tool: { name: 'search', callId: 'c1', description: huge },
  agent: { name: 'planner', id: 'p1' },
  retrieval: { dataSourceId: 'docs' },
  evaluations: [{ name: 'Relevance', value: 1, explanation: huge, target: 'span' }],
  input: { form: 'value', value: huge },
  context: { sessionId: 's', userId: 'u', tags: ['one', 'two'], metadata: { plan: 'free', list: [1, 2] } },
  attributes: { text: huge },
  events: [],
  links: [],
  source: {
    resource: { attributes: { 'service.name': 'shop', 'process.command_line': huge } },
    scope: {},
    dialects: [],
    usedKeys: [],
    mappingVersion: 1,
  },
}

const logEvent: LogEvent = {
  name: 'claude_code.tool_result',
  timeUs: 5,
  sessionId: 's',
  standsFor: { type: 'tool', name: 'search' },
  attributes: { text: huge },
  resource: span.source.resource,
  scope: {},
  dialect: 'claude-code',
}

function boundSpan(changes: Partial<Span>): { bound: Span; cutTexts: number } {
  const bounds = new TextBounds()
  const bound = bounds.span({ ...span, ...changes })
  return { bound, cutTexts: bounds.cutTexts }
}

describe('TextBounds', () => {
  test('gives back the very object where nothing is too long, content and attributes as long as they like', () => {
    const bounds = new TextBounds()
    expect(bounds.span(span)).toBe(span)
    expect(bounds.logEvent(logEvent)).toBe(logEvent)
    expect(bounds.cutTexts).toBe(0)
  })

  test('cuts names and ids, keeps the whole among the attributes, and counts', () => {
    const { bound, cutTexts } = boundSpan({
      name: huge,
      call: { requestModel: `${huge}1`, responseModel: `${huge}2` },
      context: { sessionId: `${huge}3` },
    })
    expect(bound.name).toBe(`${'x'.repeat(199)}…`)
    expect(bound.call).toEqual({ requestModel: shortId(`${huge}1`), responseModel: shortId(`${huge}2`) })
    expect(bound.context).toEqual({ sessionId: shortId(`${huge}3`) })
    expect(bound.attributes).toEqual({
      text: huge,
      'tracellm.whole.name': huge,
      'tracellm.whole.request_model': `${huge}1`,
      'tracellm.whole.response_model': `${huge}2`,
      'tracellm.whole.session_id': `${huge}3`,
    })
    expect(cutTexts).toBe(4)
  })

  test('keeps once what a span and its tool are both called', () => {
    const { bound, cutTexts } = boundSpan({ name: huge, tool: { name: huge } })
    expect(Object.keys(bound.attributes)).toEqual(['text', 'tracellm.whole.name'])
    expect([bound.tool, cutTexts]).toEqual([{ name: shortId(huge) }, 2])
  })

  test('leaves out tags beyond the fiftieth and cuts long ones', () => {
    const tags = [huge, ...Array.from({ length: 60 }, (_, at) => `tag ${at}`)]
    const { bound, cutTexts } = boundSpan({ context: { tags } })
    expect(bound.context.tags).toEqual([shortId(huge, 100), ...tags.slice(1, 50)])
    expect(bound.attributes['tracellm.whole.tags']).toEqual(tags)
    expect(cutTexts).toBe(12)
  })

  test('leaves out metadata beyond the two hundredth key, and cuts long keys and values', () => {
    const metadata = {
      [huge]: 1,
      text: huge,
      list: [huge],
      ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`key ${at}`, at])),
    }
    const { bound, cutTexts } = boundSpan({ context: { metadata } })
    const short = bound.context.metadata!
    expect(Object.keys(short)).toHaveLength(200)
    expect(short).toMatchObject({
      [shortId(huge)]: 1,
      text: `${'x'.repeat(4095)}…`,
      list: `["${'x'.repeat(4093)}…`,
      'key 0': 0,
    })
    expect(bound.attributes['tracellm.whole.metadata']).toEqual(metadata)
    expect(cutTexts).toBe(106)
  })

  test('leaves a list of metadata that is only long to look at', () => {
    const numbers = Array.from({ length: 1000 }, () => 1)
    expect(boundSpan({ context: { metadata: { numbers } } }).bound.context.metadata).toEqual({ numbers })
  })

  test('cuts who sent it once for all spans of a sender, which go on sharing the object', () => {
    const bounds = new TextBounds()
    const source = { ...span.source, resource: { attributes: { 'service.name': huge, pid: 1 } } }
    const [one, other] = [bounds.span({ ...span, source }), bounds.span({ ...span, name: huge, source })]
    expect(one.source).toBe(other.source)
    expect(one.source.resource.attributes).toEqual({
      'service.name': shortId(huge),
      pid: 1,
      'tracellm.whole.service.name': huge,
    })
    expect(bounds.cutTexts).toBe(2)
  })

  test('cuts names of events and keys of attributes, of each in its own attributes', () => {
    const { bound, cutTexts } = boundSpan({
      attributes: { [huge]: 1, text: huge },
      events: [
        { name: huge, attributes: { [huge]: 2 } },
        { name: 'exception', attributes: { 'exception.stacktrace': huge } },
      ],
      links: [{ traceId: 'a', spanId: 'b', attributes: { [huge]: 3 } }],
    })
    const keys = { 'tracellm.whole.attribute_keys': [huge] }
    expect(bound.attributes).toEqual({ [shortId(huge)]: 1, text: huge, ...keys })
    expect(bound.events).toEqual([
      {
        name: `${'x'.repeat(199)}…`,
        attributes: { [shortId(huge)]: 2, 'tracellm.whole.name': huge, ...keys },
      },
      { name: 'exception', attributes: { 'exception.stacktrace': huge } },
    ])
    expect(bound.links[0]!.attributes).toEqual({ [shortId(huge)]: 3, ...keys })
    expect(cutTexts).toBe(4)
  })

  test('cuts names of prompt templates, and leaves the template', () => {
    const { bound, cutTexts } = boundSpan({ promptTemplate: { name: huge, version: 3, template: huge } })
    expect(bound.promptTemplate).toEqual({ name: shortId(huge), version: 3, template: huge })
    expect(bound.attributes['tracellm.whole.template_name']).toBe(huge)
    expect(cutTexts).toBe(1)
  })

  test('cuts what a scope is called, for spans and log records alike', () => {
    const bounds = new TextBounds()
    const scope = { name: huge, version: '1', attributes: { [huge]: 1 } }
    const one = bounds.span({ ...span, source: { ...span.source, scope } })
    const event = bounds.logEvent({ ...logEvent, scope })
    expect(one.source.scope).toEqual({
      name: shortId(huge),
      version: '1',
      attributes: { [shortId(huge)]: 1, 'tracellm.whole.name': huge, 'tracellm.whole.attribute_keys': [huge] },
    })
    expect(event.scope).toBe(one.source.scope)
    expect(one.attributes).toBe(span.attributes)
    expect(bounds.cutTexts).toBe(2)
  })

  test('cuts ids of log records as those of spans, so that they meet', () => {
    const bounds = new TextBounds()
    const event = bounds.logEvent({
      ...logEvent,
      sessionId: huge,
      requestId: huge,
      toolCallId: huge,
      standsFor: { type: 'tool', name: huge },
    })
    const bound = bounds.span({
      ...span,
      call: { responseId: huge },
      tool: { name: huge, callId: huge },
      context: { sessionId: huge },
    })
    expect(event).toMatchObject({
      sessionId: bound.context.sessionId,
      requestId: bound.call?.responseId,
      toolCallId: bound.tool?.callId,
      standsFor: { name: bound.tool?.name },
    })
    expect(event.attributes).toEqual({ text: huge, 'tracellm.whole.session_id': huge })
  })

  test('whatever is said in passing is short and well-formed, and what was cut is kept', () => {
    const piece = fc.string({ unit: 'binary', maxLength: 9 })
    const anyText = fc.tuple(piece, fc.nat(90)).map(([words, times]) => words.repeat(times))
    const said = fc.record({
      name: anyText,
      model: anyText,
      sessionId: anyText,
      tags: fc.array(anyText, { maxLength: 60, size: 'max' }),
      metadata: fc.dictionary(anyText, fc.jsonValue() as fc.Arbitrary<JsonValue>, { maxKeys: 5 }),
    })
    fc.assert(
      fc.property(said, ({ name, model, sessionId, tags, metadata }) => {
        const { bound, cutTexts } = boundSpan({
          name,
          call: { requestModel: model },
          context: { sessionId, tags, metadata },
        })
        const short = [bound.name, bound.call!.requestModel!, bound.context.sessionId!]
        expect([...short, ...Object.keys(bound.context.metadata!)].filter((text) => !isShort(text, 200))).toEqual([])
        expect(bound.context.tags!.filter((tag) => !isShort(tag, 100))).toEqual([])
        expect(bound.context.tags!.length).toBeLessThanOrEqual(50)
        const kept = Object.keys(bound.attributes).filter((key) => key.startsWith('tracellm.whole.'))
        expect(kept.length > 0).toBe(cutTexts > 0)
      }),
      { numRuns: 15 },
    )
  })
})

function isShort(text: string, maxCharacters: number): boolean {
  return text.isWellFormed() && Array.from(text).length <= maxCharacters
}
