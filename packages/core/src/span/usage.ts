/**
 * The tokens of one model call. Whole numbers, never negative; absent means the client did not say.
 *
 * ```
 * inputTokens   |-- cacheReadTokens --|-- cacheWriteTokens --|-- uncached --|
 * outputTokens  |-- reasoningTokens --|-- visible answer --|
 * ```
 * The parts are always inside the whole: dialects that send them beside it are corrected when they are mapped.
 */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  readonly reasoningTokens?: number
  /** Parts by modality, as `audio.input`, `image.output`, `audio.cache_read`: kept to be shown, in no total. */
  readonly modalities?: Readonly<Record<string, number>>
}

/** Whether a client gave any figure at all. A call without usage is counted as a call, and its cost is unknown. */
export function hasUsage(usage: Usage | undefined): usage is Usage {
  return usage !== undefined && (usage.inputTokens !== undefined || usage.outputTokens !== undefined)
}
