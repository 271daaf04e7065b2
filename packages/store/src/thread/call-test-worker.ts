import { parentPort, type MessagePort } from 'node:worker_threads'
import { TraceLLMError } from '@tracellm/core'
import { moving, serve, type Handlers } from './serve.ts'

/** The thread at the other end of `call.test.ts`. */
export interface TestCalls {
  add(left: number, right: number): number
  addLater(left: number, right: number): Promise<number>
  bytes(count: number): ArrayBuffer
  byteLengthOf(buffer: ArrayBuffer): number
  failWithCode(): never
  failWithoutCode(): never
  failOnPurpose(): never
  failWithKnownError(): never
  answerWithFunction(): () => void
  tell(text: string): void
  connect(port: MessagePort): void
  neverAnswer(): Promise<void>
  crash(): void
  exit(): void
}

export interface TestEvents {
  told: string
}

const handlers: Handlers<TestCalls> = {
  add: (left, right) => left + right,
  addLater: async (left, right) => {
    await new Promise(setImmediate)
    return left + right
  },
  bytes: (count) => {
    const buffer = new ArrayBuffer(count)
    return moving(buffer, [buffer])
  },
  byteLengthOf: (buffer) => buffer.byteLength,
  failWithCode: () => {
    throw new TraceLLMError('TL_TRACE_AMBIGUOUS', 'in two projects', {
      fix: 'choose one',
      extra: { project_ids: ['a', 'b'] },
    })
  },
  failWithoutCode: () => {
    throw new RangeError('out of range')
  },
  failOnPurpose: () => {
    throw new TraceLLMError('TL_INTERNAL', 'a body was forgotten')
  },
  failWithKnownError: () => {
    throw new Error('damaged')
  },
  answerWithFunction: () => () => {},
  tell: (text) => emit('told', text),
  connect: (port) => void serve<TestCalls>(port, handlers),
  neverAnswer: () => new Promise(() => {}),
  // After its answer has left, at the end of this turn.
  crash: () =>
    void setTimeout(() => {
      throw new Error('crashed on purpose')
    }, 1),
  exit: () => process.exit(0),
}

const { emit } = serve<TestCalls, TestEvents>(parentPort!, handlers, (error) =>
  error instanceof Error && error.message === 'damaged'
    ? new TraceLLMError('TL_STORE_CORRUPT', 'page 7', { cause: error })
    : error,
)
