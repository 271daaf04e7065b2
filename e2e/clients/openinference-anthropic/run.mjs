// The Anthropic SDK, which traces itself, under OpenInference's instrumentation, which traces it again.
import Anthropic from '@anthropic-ai/sdk'
import { setMetadata, setSession, setTags, setUser } from '@arizeai/openinference-core'
import { AnthropicInstrumentation } from '@arizeai/openinference-instrumentation-anthropic'
import { context, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })
provider.register()
new AnthropicInstrumentation().manuallyInstrument(Anthropic)

const anthropic = new Anthropic({ maxRetries: 0 })
const request = { model: 'claude-haiku-4-5', max_tokens: 256 }
const question = { role: 'user', content: 'What is the weather in Lisbon?' }
const tools = [
  {
    name: 'get_weather',
    description: 'The weather of a city.',
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
]

let about = setSession(context.active(), { sessionId: 'session-1' })
about = setUser(about, { userId: 'anna' })
about = setTags(about, ['beta', 'weather'])
about = setMetadata(about, { tenant: 'acme' })

await context.with(about, () =>
  trace.getTracer('weather-app').startActiveSpan('weather-chat', async (span) => {
    await anthropic.messages.create({ ...request, system: 'Be brief.', messages: [question] })

    const streamed = { ...request, system: 'Be brief.', messages: [question], stream: true }
    const stream = await anthropic.messages.create(streamed)
    for await (const event of stream) process.stdout.write(event.delta?.text ?? '')

    const asked = await anthropic.messages.create({ ...request, messages: [question], tools })
    const result = { type: 'tool_result', tool_use_id: asked.content[0].id, content: '{"celsius":24}' }
    const history = [question, { role: 'assistant', content: asked.content }, { role: 'user', content: [result] }]
    await anthropic.messages.create({ ...request, messages: history, tools })

    await anthropic.messages.create({ ...request, model: 'fail-429', messages: [question] }).catch(() => undefined)
    span.end()
  }),
)

await provider.shutdown()
