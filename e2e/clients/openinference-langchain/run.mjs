// LangChain and LangGraph under OpenInference's instrumentation.
import { setTags, setUser } from '@arizeai/openinference-core'
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain'
import * as callbacks from '@langchain/core/callbacks/manager'
import { tool } from '@langchain/core/tools'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { context } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] })
provider.register()
new LangChainInstrumentation().manuallyInstrument(callbacks)

// The session and metadata are LangChain's own, the user and tags OpenInference's.
const config = { metadata: { session_id: 'session-1', tenant: 'acme' } }
const about = setTags(setUser(context.active(), { userId: 'anna' }), ['beta', 'weather'])

const model = new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0 })
const question = 'What is the weather in Lisbon?'
const messages = [
  ['system', 'Be brief.'],
  ['user', question],
]
const getWeather = tool(async () => '{"celsius":24}', {
  name: 'get_weather',
  description: 'The weather of a city.',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
})

await context.with(about, async () => {
  await model.invoke(messages, config)

  const stream = await model.stream(messages, config)
  for await (const chunk of stream) process.stdout.write(chunk.text)

  const agent = createReactAgent({ llm: model, tools: [getWeather], name: 'weather-agent' })
  const asked = { messages: [{ role: 'user', content: question }] }
  const parts = await agent.stream(asked, { ...config, streamMode: 'messages' })
  for await (const [message] of parts) process.stdout.write(message.text)

  await new ChatOpenAI({ model: 'fail-500', maxRetries: 0 }).invoke(question, config).catch(() => undefined)
})

await provider.shutdown()
