import type { Message, Span } from '@tracellm/core'
import { assert, asyncProperty } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anySpan } from './any-span.ts'
import type { OpenStore } from './read-whole.ts'
import { batchOf, messagesOf, projectA, projectB, spanIdOf, spanOf, textMessage, traceIdOf } from './span-samples.ts'
import { seeded } from './trace-arbitrary.ts'

const scope = { projectId: projectA }
const trace = traceIdOf(1)

const everyPart: Message = {
  role: 'assistant',
  name: 'planner',
  parts: [
    { type: 'text', text: 'Two lines,\nand a “quote”.' },
    { type: 'reasoning', text: 'Let me think.', signature: 'sig==' },
    { type: 'toolCall', id: 'call 1', name: 'search', args: { z: 1, a: [true, null, { deep: '✓' }] } },
    { type: 'toolResult', id: 'call 1', name: 'search', result: 'found', isError: false },
    { type: 'media', modality: 'image', mime: 'image/png', data: 'QUJD'.repeat(3000) },
    { type: 'media', modality: 'document', uri: 'https://example.invalid/a.pdf' },
    { type: 'other', raw: { kind: 'unheard of' } },
  ],
}

/** A history of so many messages, each call repeating all before it. */
function conversation(calls: number): Span[] {
  const said = Array.from({ length: calls * 2 }, (_, at) =>
    textMessage(at % 2 === 0 ? 'user' : 'assistant', `turn ${at}`),
  )
  return Array.from({ length: calls }, (_, at) =>
    spanOf({
      id: at + 1,
      parent: at === 0 ? undefined : 1,
      afterUs: at,
      type: 'llm',
      input: messagesOf(...said.slice(0, at * 2 + 1)),
      output: messagesOf(said[at * 2 + 1]!),
    }),
  )
}

/** What was sent comes back, and the same message is the same body wherever it stands. */
export function bodiesContract(open: OpenStore): void {
  describe('bodies', () => {
    test('gives any span back exactly', async () => {
      await using store = await open()
      let number = 0
      await assert(
        asyncProperty(anySpan, async (sample) => {
          const span = { ...sample, traceId: traceIdOf(++number), spanId: spanIdOf(1), parentId: undefined }
          const sent = JSON.parse(JSON.stringify(span)) as Span
          await store.write(batchOf([sent]))
          expect((await store.readSpan(scope, sent.traceId, sent.spanId)).span).toEqual(sent)
        }),
        { ...seeded, numRuns: 60 },
      )
    })

    test('gives messages back part by part, long media too', async () => {
      await using store = await open()
      const span = spanOf({
        type: 'llm',
        input: messagesOf(textMessage('user', 'draw'), everyPart),
        output: messagesOf(everyPart),
      })
      await store.write(batchOf([span]))
      const read = await store.readSpan(scope, trace, spanIdOf(1))
      expect(read.span.input).toEqual(span.input)
      expect(read.span.output).toEqual(span.output)
      expect(read.bodies.input).toHaveLength(2)
      expect(read.bodies.output.map((ref) => ref.hash)).toEqual([read.bodies.input[1]!.hash])
    })

    test('gives the same message the same hash in every call, span and project', async () => {
      await using store = await open()
      await store.write(batchOf(conversation(4)))
      await store.write(batchOf(conversation(4), { projectId: projectB }))
      const inputs: string[][] = []
      for (const projectId of [projectA, projectB]) {
        for (const id of [1, 2, 3, 4]) {
          const { bodies } = await store.readSpan({ projectId }, trace, spanIdOf(id))
          inputs.push(bodies.input.map((ref) => ref.hash))
        }
      }
      const whole = inputs[3]!
      expect(new Set(whole).size).toBe(7)
      for (const [at, input] of inputs.entries()) expect(input).toEqual(whole.slice(0, (at % 4) * 2 + 1))
      for (const hash of whole) expect(hash).toMatch(/^[0-9a-f]{32}$/)
    })

    test('gives each body by its key, as canonical JSON of the size told', async () => {
      await using store = await open()
      const input = { form: 'value', value: { b: 1, a: ['ü', '🙂'] } } as const
      const toolDefinitions = [{ name: 'search', parameters: { type: 'object' } }]
      await store.write(batchOf([spanOf({ input, toolDefinitions })]))
      const { bodies, span } = await store.readSpan(scope, trace, spanIdOf(1))
      expect(span.toolDefinitions).toEqual(toolDefinitions)
      const text = await store.readBody(scope, trace, bodies.input[0]!.key)
      expect(text).toBe('{"b":1,"a":["ü","🙂"]}')
      expect(bodies.input[0]!.bytes).toBe(Buffer.byteLength(text))
      expect(JSON.parse(await store.readBody(scope, trace, bodies.toolDefinitions!.key))).toEqual(toolDefinitions)
      expect(bodies.output).toEqual([])
    })

    test('knows no body that its trace does not refer to', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ input: { form: 'value', value: 'mine' } }), spanOf({ trace: 2 })]))
      const { bodies } = await store.readSpan(scope, trace, spanIdOf(1))
      for (const key of ['', '0', '999999', 'f'.repeat(32), '-1', '1e3']) {
        await expect(store.readBody(scope, trace, key)).rejects.toMatchObject({ code: 'TL_BODY_NOT_FOUND' })
      }
      await expect(store.readBody(scope, traceIdOf(2), bodies.input[0]!.key)).rejects.toMatchObject({
        code: 'TL_BODY_NOT_FOUND',
      })
    })

    test('gives input and output of the steps named, or of all', async () => {
      await using store = await open()
      await store.write(batchOf([...conversation(2), spanOf({ id: 3, parent: 1, afterUs: 9 })]))
      const all = await store.readStepBodies(scope, trace)
      expect(all.map((step) => step.spanId)).toEqual([1, 2, 3].map(spanIdOf))
      expect(all[1]!.input).toMatchObject({
        form: 'messages',
        messages: [{ message: textMessage('user', 'turn 0') }, {}, { message: textMessage('user', 'turn 2') }],
      })
      expect(all[2]).toEqual({ spanId: spanIdOf(3) })
      const { bodies } = await store.readSpan(scope, trace, spanIdOf(2))
      const [second] = await store.readStepBodies(scope, trace, [spanIdOf(2), spanIdOf(99)])
      expect(second!.output).toEqual({
        form: 'messages',
        messages: [{ ref: bodies.output[0], message: textMessage('assistant', 'turn 3') }],
      })
    })

    test('keeps empty conversations apart from absent ones', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ input: messagesOf(), output: { form: 'value', value: null } })]))
      const { span, bodies } = await store.readSpan(scope, trace, spanIdOf(1))
      expect(span.input).toEqual({ form: 'messages', messages: [] })
      expect(span.output).toEqual({ form: 'value', value: null })
      expect(bodies).toMatchObject({ input: [], output: [{ bytes: 4 }] })
    })
  })
}
