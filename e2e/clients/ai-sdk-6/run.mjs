// The AI SDK 6, with telemetry asked for in each call.
import { createGroq } from '@ai-sdk/groq'
import { openai } from '@ai-sdk/openai'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { embed, generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })
provider.register()

const groq = createGroq({ baseURL: process.env.GROQ_BASE_URL })
const model = openai('gpt-4o-mini')
const prompt = 'What is the weather in Lisbon?'
const telemetry = (functionId) => ({
  isEnabled: true,
  functionId,
  metadata: { sessionId: 'session-1', userId: 'anna', tags: ['beta', 'weather'], tenant: 'acme' },
})

await generateText({ model, system: 'Be brief.', prompt, experimental_telemetry: telemetry('plain') })

const stream = streamText({ model, system: 'Be brief.', prompt, experimental_telemetry: telemetry('streamed') })
for await (const text of stream.textStream) process.stdout.write(text)

const getWeather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: async () => ({ celsius: 24 }),
})
await generateText({
  model,
  prompt,
  tools: { get_weather: getWeather },
  stopWhen: stepCountIs(3),
  experimental_telemetry: telemetry('agent'),
})

const llama = groq('llama-3.3-70b-versatile')
const other = streamText({ model: llama, system: 'Be brief.', prompt, experimental_telemetry: telemetry('groq') })
for await (const text of other.textStream) process.stdout.write(text)

const embedder = openai.embedding('text-embedding-3-small')
await embed({ model: embedder, value: 'Lisbon in spring', experimental_telemetry: telemetry('embedding') })

const failing = { model: openai('fail-500'), prompt, maxRetries: 0, experimental_telemetry: telemetry('failing') }
await generateText(failing).catch(() => undefined)

await provider.shutdown()
