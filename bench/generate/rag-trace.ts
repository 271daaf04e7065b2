import type { DecodedSpan } from '@tracellm/core/otlp'
import { decodedSpan } from './made-span.ts'
import type { Random } from './random.ts'
import { prose } from './texts.ts'

/** One question answered from passages: 4 spans of about 3 kB, nearly all of it text that comes only once. */
export function ragTrace(random: Random, startUs: number): DecodedSpan[] {
  const traceId = random.hex(32)
  const rootId = random.hex(16)
  const question = prose(random, 120)
  const passages = Array.from({ length: 4 }, (_, index) => ({
    id: `doc-${random.hex(6)}`,
    score: 0.9 - index / 10,
    content: prose(random, 1000),
  }))
  const answer = prose(random, 700)
  const below = (name: string, atUs: number, lengthUs: number, attributes: Record<string, string | number>) =>
    decodedSpan({
      traceId,
      spanId: random.hex(16),
      parentSpanId: rootId,
      name,
      startUs: startUs + atUs,
      endUs: startUs + atUs + lengthUs,
      attributes,
    })
  return [
    below('embeddings', 0, 80_000, {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'text-embedding-3-small',
      'gen_ai.usage.input_tokens': 30,
      'input.value': question,
    }),
    below('retrieval docs', 90_000, 40_000, {
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.retrieval.query.text': question,
      'gen_ai.retrieval.top_k': 4,
      'gen_ai.retrieval.documents': JSON.stringify(passages),
    }),
    below('chat gpt-5-mini', 140_000, 1_500_000 + random.between(0, 900_000), {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.usage.input_tokens': 1100,
      'gen_ai.usage.output_tokens': random.between(80, 300),
      'gen_ai.input.messages': JSON.stringify([
        {
          role: 'user',
          parts: [
            {
              type: 'text',
              content: `${passages.map((passage) => passage.content.slice(0, 900)).join('\n')}\n${question}`,
            },
          ],
        },
      ]),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: answer }] }]),
    }),
    decodedSpan({
      traceId,
      spanId: rootId,
      name: 'answer-question',
      startUs,
      endUs: startUs + 2_600_000,
      attributes: {
        'openinference.span.kind': 'CHAIN',
        'input.value': question,
        'output.value': answer,
        'user.id': `user-${random.between(0, 5000)}`,
      },
    }),
  ]
}
