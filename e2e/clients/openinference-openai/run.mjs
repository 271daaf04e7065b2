// OpenInference's OpenAI instrumentation, as Phoenix and Arize users have it.
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai'
import { setMetadata, setSession, setTags, setUser } from '@arizeai/openinference-core'
import { context, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import OpenAI from 'openai'

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })
provider.register()
new OpenAIInstrumentation().manuallyInstrument(OpenAI)

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

let about = setSession(context.active(), { sessionId: 'session-1' })
about = setUser(about, { userId: 'anna' })
about = setTags(about, ['beta', 'weather'])
about = setMetadata(about, { tenant: 'acme' })

await context.with(about, () =>
  trace.getTracer('weather-app').startActiveSpan('weather-chat', async (span) => {
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
  }),
)

await provider.shutdown()
