import type { Answer } from './answer.ts'
import { bills } from './reply.ts'

interface EmbeddingsRequest {
  readonly model: string
  readonly input: string | readonly string[]
  readonly encoding_format?: 'float' | 'base64'
}

const vector = [0.25, -0.5, 0.125, 1]

/** `POST /v1/embeddings`: the same vector for every text. */
export function answerEmbeddings({ model, input, encoding_format: encoding }: EmbeddingsRequest): Answer {
  const texts = typeof input === 'string' ? [input] : input
  const embedding = encoding === 'base64' ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector
  return {
    status: 200,
    json: {
      object: 'list',
      model,
      data: texts.map((_text, index) => ({ object: 'embedding', index, embedding })),
      usage: { prompt_tokens: bills.embedding.input, total_tokens: bills.embedding.input },
    },
  }
}
