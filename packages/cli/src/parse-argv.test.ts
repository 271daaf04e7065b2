import { describe, expect, test } from 'vitest'
import { parseArgv } from './parse-argv.ts'

const options = [
  { flag: 'limit', kind: 'text', value: 'N', text: 'how many' },
  { flag: 'open', kind: 'toggle', text: 'open the browser' },
  { flag: 'json', kind: 'switch', text: 'lines of JSON' },
  { flag: 'scopes', kind: 'list', value: 'SCOPE', text: 'what it may do' },
  { flag: 'redact', kind: 'repeated', value: 'REGEXP', text: 'what to hide' },
] as const

function parse(...argv: string[]) {
  return parseArgv(argv, options, 'traces')
}

describe('parseArgv', () => {
  test('reads both forms of a value', () => {
    expect(parse('--limit', '5').values.limit).toBe('5')
    expect(parse('--limit=5=6\n7').values.limit).toBe('5=6\n7')
    expect(parse('--limit=').values.limit).toBe('')
    expect(parse('--limit', '-5').values.limit).toBe('-5')
  })

  test('turns a toggle on and off; the last one counts', () => {
    expect(parse('--open').values.open).toBe(true)
    expect(parse('--open', '--no-open').values.open).toBe(false)
    expect(parse('--limit', '5', '--limit', '6').values.limit).toBe('6')
  })

  test('joins a list that is given in parts', () => {
    expect(parse('--scopes', 'ingest,read', '--scopes=admin').values.scopes).toEqual(['ingest', 'read', 'admin'])
  })

  test('keeps the commas of a text that is given several times', () => {
    expect(parse('--redact', 'a{1,2}', '--redact', 'b').values.redact).toEqual(['a{1,2}', 'b'])
  })

  test('takes everything after two dashes for words', () => {
    expect(parse('show', '--json', '--', '--limit')).toEqual({ values: { json: true }, words: ['show', '--limit'] })
    expect(parse('-').words).toEqual(['-'])
  })

  test.each([
    [['--limt', '5'], 'There is no option --limt. Did you mean --limit?'],
    [['--no-opne'], 'There is no option --no-opne. Did you mean --no-open?'],
    [['--colour=never'], 'There is no option --colour.'],
    [['-limit', '5'], 'There is no option -limit. Did you mean --limit?'],
    [['--no-json'], 'There is no option --no-json.'],
    [['--no-limit'], 'There is no option --no-limit.'],
    [['--json=yes'], '--json takes no value.'],
    [['--limit'], '--limit needs a value, as in --limit N'],
    [['--limit', '--json'], '--limit needs a value, as in --limit N'],
  ])('%j is an error that says what was meant', (argv, detail) => {
    expect(() => parse(...argv)).toThrow(
      expect.objectContaining({ code: 'TL_USAGE', detail, fix: 'See `tracellm traces --help`.' }),
    )
  })
})
