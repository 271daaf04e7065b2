import { formatCount } from '@tracellm/core/format'
import { tokenParts, type TokenFigures, type TokenPart } from '../layout/token-parts.ts'
import './token-bar.css'

/** What the tokens of a call or a trace were, as one bar: cached is hatched. The title has the figures. */
export function TokenBar({ figures }: { figures: TokenFigures }) {
  const parts = tokenParts(figures)
  if (parts.length === 0) return null
  return (
    <span className="token-bar" role="img" aria-label={wordsOf(parts)} title={wordsOf(parts)}>
      {parts.map(({ name, tokens }) => (
        <i key={name} className={classes[name]} style={{ flexGrow: tokens }} />
      ))}
    </span>
  )
}

function wordsOf(parts: readonly TokenPart[]): string {
  return parts.map(({ name, tokens }) => `${formatCount(tokens)} ${name}`).join(', ')
}

const classes: Readonly<Record<TokenPart['name'], string>> = {
  cached: 'cached',
  'written to the cache': 'written',
  input: 'input',
  output: 'output',
  reasoning: 'reasoning',
}
