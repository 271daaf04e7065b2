import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerMessages } from './anthropic-messages.ts'
import { eventText, type Answer } from './answer.ts'
import { answerChat } from './openai-chat.ts'
import { answerEmbeddings } from './openai-embeddings.ts'
import { answerResponses } from './openai-responses.ts'

/**
 * A stand-in for OpenAI, Groq and Anthropic on a free port of loopback, as far as the clients here ask them.
 * A model named `fail-429`, `fail-500` and so on gets that status.
 *
 *   await using models = await ModelServer.start()
 *   new OpenAI({ baseURL: models.openaiUrl })
 */
export class ModelServer implements AsyncDisposable {
  readonly #server: Server
  readonly #url: string

  private constructor(server: Server) {
    this.#server = server
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async start(): Promise<ModelServer> {
    const server = createServer((request, response) => {
      handle(request, response).catch((error: unknown) => response.destroy(error as Error))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return new ModelServer(server)
  }

  get openaiUrl(): string {
    return `${this.#url}/v1`
  }

  get groqUrl(): string {
    return `${this.#url}/openai/v1`
  }

  get anthropicUrl(): string {
    return this.#url
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

/** Clients date their spans by the millisecond, and calls of the same one would have no order. */
const thinkingMs = 2

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await sleep(thinkingMs)
  const answer = answerTo(request.url ?? '', (await json(request)) as { model: string })
  if ('json' in answer) {
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify(answer.json))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of answer.events) {
    response.write(eventText(event))
    // A turn of the loop between them, so that a client reads a stream and not one piece.
    await new Promise(setImmediate)
  }
  response.end()
}

/** The clients are trusted to send what their provider asks for. */
function answerTo(path: string, body: { readonly model: string }): Answer {
  const [, failure] = /^fail-(\d{3})$/.exec(body.model) ?? []
  if (failure !== undefined) return refuse(Number(failure))
  switch (path) {
    case '/v1/chat/completions':
      return answerChat(body as Parameters<typeof answerChat>[0], 'openai')
    case '/openai/v1/chat/completions':
      return answerChat(body as Parameters<typeof answerChat>[0], 'groq')
    case '/v1/responses':
      return answerResponses(body as Parameters<typeof answerResponses>[0])
    case '/v1/embeddings':
      return answerEmbeddings(body as Parameters<typeof answerEmbeddings>[0])
    case '/v1/messages':
      return answerMessages(body as Parameters<typeof answerMessages>[0])
    default:
      return { status: 404, json: { error: { type: 'not_found_error', message: `There is no ${path}.` } } }
  }
}

/** In a form that OpenAI's clients read as well as Anthropic's. `retry-after` spares the tests a pause. */
function refuse(status: number): Answer {
  const error = { type: 'stand_in_error', code: `stand_in_${status}`, message: `The model refused with ${status}.` }
  return { status, json: { type: 'error', error }, headers: { 'retry-after': '0' } }
}
