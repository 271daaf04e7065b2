// The AI SDK 7, whose spans come from `@ai-sdk/otel`.
import { openai } from '@ai-sdk/openai'
import { OpenTelemetry } from '@ai-sdk/otel'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { embed, generateText, isStepCount, registerTelemetry, streamText, tool } from 'ai'
import { z } from 'zod'

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })
provider.register()
// By default it keeps back the context of a call, its reasoning tokens and what was embedded.
registerTelemetry(new OpenTelemetry({ runtimeContext: true, usage: true, embedding: true }))

const model = openai('gpt-4o-mini')
const prompt = 'What is the weather in Lisbon?'
const about = (functionId) => ({
  runtimeContext: { sessionId: 'session-1', userId: 'anna', tenant: 'acme', tags: ['beta', 'weather'] },
  telemetry: { functionId, includeRuntimeContext: { sessionId: true, userId: true, tenant: true, tags: true } },
})

await generateText({ model, instructions: 'Be brief.', prompt, ...about('plain') })

const stream = streamText({ model, instructions: 'Be brief.', prompt, ...about('streamed') })
for await (const text of stream.textStream) process.stdout.write(text)

const getWeather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: async () => ({ celsius: 24 }),
})
const tools = { get_weather: getWeather }
const agent = streamText({ model, prompt, tools, stopWhen: isStepCount(3), ...about('agent') })
for await (const text of agent.textStream) process.stdout.write(text)

const embedder = openai.embedding('text-embedding-3-small')
await embed({ model: embedder, value: 'Lisbon in spring', ...about('embedding') })

const failing = { model: openai('fail-500'), prompt, maxRetries: 0, ...about('failing') }
await generateText(failing).catch(() => undefined)

await provider.shutdown()
