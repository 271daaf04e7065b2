import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ModelServer } from './model-server.ts'
import { toolArguments } from './reply.ts'

let models: ModelServer

beforeAll(async () => {
  models = await ModelServer.start()
})

afterAll(() => models[Symbol.asyncDispose]())

function ask(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify({ model: 'gpt-4o-mini', messages: [], ...body }) })
}

const tools = [{ type: 'function', name: 'get_weather', function: { name: 'get_weather' } }]

describe('ModelServer', () => {
  test('bills each kind of reply differently', async () => {
    const url = `${models.openaiUrl}/chat/completions`
    const withResult = { tools, messages: [{ role: 'tool', tool_call_id: 'call_1', content: '24' }] }
    const answers = await Promise.all([{}, { tools }, withResult].map(async (body) => (await ask(url, body)).json()))

    expect(answers.map(({ usage }) => usage.total_tokens)).toEqual([120, 480, 960])
    expect(answers.map(({ choices }) => choices[0].finish_reason)).toEqual(['stop', 'tool_calls', 'stop'])
  })

  test('tells the usage of a stream only to those who ask for it', async () => {
    const url = `${models.openaiUrl}/chat/completions`
    const silent = await (await ask(url, { stream: true })).text()
    const asked = await (await ask(url, { stream: true, stream_options: { include_usage: true } })).text()

    expect(silent).not.toContain('usage')
    expect(asked).toContain('"prompt_tokens":200')
    expect(asked).toMatch(/data: \[DONE\]\n\n$/)
  })

  test.each([
    ['the chat of Groq', () => `${models.groqUrl}/chat/completions`, '"x_groq"'],
    ['responses', () => `${models.openaiUrl}/responses`, 'event: response.completed'],
    ['messages', () => `${models.anthropicUrl}/v1/messages`, 'event: message_stop'],
  ])('streams %s to its end', async (_name, url, ending) => {
    expect(await (await ask(url(), { stream: true, input: 'Hello' })).text()).toContain(ending)
  })

  test('streams the arguments of a tool call', async () => {
    const answer = await ask(`${models.anthropicUrl}/v1/messages`, { stream: true, tools })

    expect(await answer.text()).toContain(`"partial_json":${JSON.stringify(toolArguments)}`)
  })

  test('refuses with the status that the model is named after', async () => {
    const answer = await ask(`${models.openaiUrl}/responses`, { model: 'fail-429' })

    expect(answer.status).toBe(429)
    expect(await answer.json()).toMatchObject({ error: { message: 'The model refused with 429.' } })
  })
})
