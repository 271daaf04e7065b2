import type { OptionKind } from '../parse-argv.ts'

export type SettingValue = string | number | boolean | readonly string[]

/** One setting: what it takes, what it is unless given, and what it is for. */
export interface Setting<Value extends SettingValue = SettingValue> {
  readonly default: Value
  readonly unit?: 'bytes' | 'ms' | 'count'
  /** What it is for, in a sentence without a full stop. */
  readonly text: string
  /** What stands for its value in `--help`. */
  readonly placeholder: string
  /** What it takes, in words, for an error. */
  readonly takes: string
  readonly optionKind: OptionKind
  /** Reads what a flag, a variable (as text) or the file (as JSON) gives; `undefined` for what it does not take. */
  readonly parse: (given: unknown) => Value | undefined
  /** Lies in the home folder's file too (true). */
  readonly isInFile?: boolean
}

type About<Value> = { readonly default: Value; readonly text: string }

export function textSetting(about: About<string> & { readonly placeholder: string; readonly isInFile?: boolean }) {
  return setting<string>({
    ...about,
    takes: 'text that is not empty',
    optionKind: 'text',
    parse: (given) => (typeof given === 'string' && given !== '' ? given : undefined),
  })
}

/** A port, 0 for a free one. */
export function portSetting(about: About<number>) {
  return setting<number>({ ...about, ...portWords, parse: parsePort })
}

/** A port, or none. */
export function optionalPortSetting(about: About<number | 'off'>) {
  return setting<number | 'off'>({
    ...about,
    ...portWords,
    placeholder: 'N|off',
    takes: `${portWords.takes}, or off`,
    parse: (given) => (given === 'off' || given === false ? 'off' : parsePort(given)),
  })
}

export function switchSetting(about: About<boolean>) {
  return setting<boolean>({
    ...about,
    placeholder: '',
    takes: 'true or false',
    optionKind: 'toggle',
    parse: (given) => switchWords.get(String(given).toLowerCase()),
  })
}

export function choiceSetting<const Choice extends string>(
  choices: readonly Choice[],
  about: About<NoInfer<Choice>> & { readonly placeholder: string },
): Setting<Choice> {
  return setting<Choice>({
    ...about,
    takes: `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`,
    optionKind: 'text',
    parse: (given) => choices.find((choice) => choice === given),
  })
}

/** Texts with commas between. */
export function listSetting(about: About<readonly string[]> & { readonly placeholder: string }) {
  return setting<readonly string[]>({
    ...about,
    takes: 'texts, with commas between or as a list',
    optionKind: 'list',
    parse: (given) => parseTexts(typeof given === 'string' ? given.split(',').map((text) => text.trim()) : given),
  })
}

/** Regular expressions; a variable holds one of them. */
export function patternsSetting(about: About<readonly string[]>) {
  return setting<readonly string[]>({
    ...about,
    placeholder: 'REGEXP',
    takes: 'regular expressions',
    optionKind: 'repeated',
    parse(given) {
      const texts = parseTexts(typeof given === 'string' ? [given] : given)
      return texts?.every(isRegularExpression) === true ? texts : undefined
    },
  })
}

/** A number of bytes, milliseconds or things. */
export function amountSetting(unit: NonNullable<Setting['unit']>, about: About<number>) {
  return setting<number>({
    ...about,
    unit,
    placeholder: 'N',
    takes: `a whole number above 0${unit === 'count' ? '' : ` (${unit})`}`,
    optionKind: 'text',
    parse: (given) => parseInteger(given, 1, Number.MAX_SAFE_INTEGER),
  })
}

function setting<Value extends SettingValue>(row: Setting<Value>): Setting<Value> {
  return row
}

const portWords = { placeholder: 'N', takes: 'a number from 0 (a free port) to 65535', optionKind: 'text' } as const

const switchWords = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
  ['on', true],
  ['off', false],
])

function parsePort(given: unknown): number | undefined {
  return parseInteger(given, 0, 65_535)
}

function parseInteger(given: unknown, least: number, most: number): number | undefined {
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

function parseTexts(given: unknown): readonly string[] | undefined {
  return Array.isArray(given) && given.every((item): item is string => typeof item === 'string' && item !== '')
    ? given
    : undefined
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text).source !== ''
  } catch {
    return false
  }
}
