// The OpenAI instrumentation of OpenTelemetry, set up by `OTEL_*` variables alone.
import { register } from 'node:module'
import { trace } from '@opentelemetry/api'
import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai'
import { NodeSDK } from '@opentelemetry/sdk-node'

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)
const sdk = new NodeSDK({ instrumentations: [new OpenAIInstrumentation({ captureMessageContent: true })] })
sdk.start()

const { default: OpenAI } = await import('openai')
const openai = new OpenAI({ maxRetries: 0 })
const model = 'gpt-4o-mini'
const question = { role: 'user', content: 'What is the weather in Lisbon?' }
const system = { role: 'system', content: 'Be brief.' }
const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
]

const about = { 'session.id': 'session-1', 'user.id': 'anna' }
await trace.getTracer('weather-app').startActiveSpan('weather-chat', { attributes: about }, async (span) => {
  await openai.chat.completions.create({ model, messages: [system, question] })

  const stream = await openai.chat.completions.create({
    model,
    messages: [system, question],
    stream: true,
    stream_options: { include_usage: true },
  })
  for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '')

  const asked = await openai.chat.completions.create({ model, messages: [question], tools })
  const { message } = asked.choices[0]
  const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: '{"celsius":24}' }
  await openai.chat.completions.create({ model, messages: [question, message, result], tools })

  await openai.responses.create({ model, instructions: 'Be brief.', input: 'What is the weather in Lisbon?' })
  await openai.embeddings.create({ model: 'text-embedding-3-small', input: 'Lisbon in spring' })
  await openai.chat.completions.create({ model: 'fail-500', messages: [question] }).catch(() => undefined)
  span.end()
})

await sdk.shutdown()
