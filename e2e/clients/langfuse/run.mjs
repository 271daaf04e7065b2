// The Langfuse SDK, pointed elsewhere by `LANGFUSE_*` variables.
import { observeOpenAI } from '@langfuse/openai'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { propagateAttributes, startActiveObservation } from '@langfuse/tracing'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import OpenAI from 'openai'

const provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor()] })
provider.register()

const openai = observeOpenAI(new OpenAI({ maxRetries: 0 }))
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

const about = { userId: 'anna', sessionId: 'session-1', tags: ['beta', 'weather'], metadata: { tenant: 'acme' } }
await propagateAttributes(about, () =>
  startActiveObservation('weather-chat', async (root) => {
    root.update({ input: question.content })
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
    const content = await startActiveObservation(
      'get_weather',
      async (weather) => {
        const celsius = 24
        weather.update({ input: JSON.parse(message.tool_calls[0].function.arguments), output: { celsius } })
        return JSON.stringify({ celsius })
      },
      { asType: 'tool' },
    )
    const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content }
    const answered = await openai.chat.completions.create({ model, messages: [question, message, result], tools })

    await openai.embeddings.create({ model: 'text-embedding-3-small', input: 'Lisbon in spring' })
    await openai.chat.completions.create({ model: 'fail-500', messages: [question] }).catch(() => undefined)
    root.update({ output: answered.choices[0].message.content })
  }),
)

await provider.shutdown()
