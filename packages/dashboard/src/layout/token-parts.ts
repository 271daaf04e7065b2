/** Cached tokens are part of the input, reasoning is part of the output; `null` is as good as none. */
export interface TokenFigures {
  readonly input_tokens: number | null
  readonly output_tokens: number | null
  readonly cache_read_tokens: number | null
  readonly cache_write_tokens: number | null
  readonly reasoning_tokens: number | null
}

export interface TokenPart {
  readonly name: 'cached' | 'written to the cache' | 'input' | 'output' | 'reasoning'
  readonly tokens: number
}

/** The parts of a token bar from left to right, those that are there; together they are input and output. */
export function tokenParts(figures: TokenFigures): TokenPart[] {
  const input = figures.input_tokens ?? 0
  const output = figures.output_tokens ?? 0
  const cached = Math.min(input, figures.cache_read_tokens ?? 0)
  const written = Math.min(input - cached, figures.cache_write_tokens ?? 0)
  const reasoning = Math.min(output, figures.reasoning_tokens ?? 0)
  const parts: TokenPart[] = [
    { name: 'cached', tokens: cached },
    { name: 'written to the cache', tokens: written },
    { name: 'input', tokens: input - cached - written },
    { name: 'output', tokens: output - reasoning },
    { name: 'reasoning', tokens: reasoning },
  ]
  return parts.filter(({ tokens }) => tokens > 0)
}
