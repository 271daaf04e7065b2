import { TraceLLMError } from '@tracellm/core'
import { closestWord } from './closest-word.ts'

/** One option of a command. */
export interface Option {
  /** Without its dashes: `limit`. */
  readonly flag: string
  readonly kind: OptionKind
  /** What stands for its value in `--help`: `N`. */
  readonly value?: string
  /** What it is for, in a sentence without a full stop. */
  readonly text: string
}

/**
 * A switch is off unless given, a toggle is turned off by `--no-…`. A list is given with commas, or several times; repeated texts only several
 * times, since they may hold commas. Of anything else given twice the last counts.
 */
export type OptionKind = 'text' | 'switch' | 'toggle' | 'list' | 'repeated'

type ValueOf<Kind extends OptionKind> = {
  text: string
  switch: boolean
  toggle: boolean
  list: string[]
  repeated: string[]
}[Kind]

/** The values given, by flag. */
export type OptionValues<Options extends readonly Option[]> = {
  [One in Options[number] as One['flag']]?: ValueOf<One['kind']>
}

export interface ParsedArgv<Options extends readonly Option[] = readonly Option[]> {
  readonly values: OptionValues<Options>
  /** What is no option, in order. */
  readonly words: readonly string[]
}

/**
 * Reads the arguments of a command: `--flag value`, `--flag=value`, `--switch`, `--no-toggle`; after `--` everything
 * is a word.
 * @param others options whose values are read elsewhere, such as settings.
 * @throws TraceLLMError `TL_USAGE`.
 */
export function parseArgv<const Options extends readonly Option[]>(
  argv: readonly string[],
  options: Options,
  command: string,
  others: readonly Option[] = [],
): ParsedArgv<Options> {
  const values: GivenValues = {}
  const words: string[] = []
  const rest = [...argv]
  while (rest.length > 0) {
    const argument = rest.shift()!
    if (argument === '--') words.push(...rest.splice(0))
    else if (/^-./.test(argument)) takeOption(argument, rest, [...options, ...others], values, command)
    else words.push(argument)
  }
  return { values: values as OptionValues<Options>, words }
}

type GivenValues = Record<string, string | boolean | string[]>

/** Reads one option into `values`, and its value off the `rest` of the arguments. */
function takeOption(
  argument: string,
  rest: string[],
  options: readonly Option[],
  values: GivenValues,
  command: string,
): void {
  const [, name = '', joined] = /^--([^=]*)(?:=(.*))?$/s.exec(argument) ?? []
  const negated = options.find(({ flag, kind }) => kind === 'toggle' && name === `no-${flag}`)
  const option = negated ?? options.find(({ flag }) => flag === name)
  if (option === undefined) throw unknownOption(argument, options, command)
  if (option.kind === 'switch' || option.kind === 'toggle') {
    if (joined !== undefined) throw usage(`--${name} takes no value.`, command)
    values[option.flag] = negated === undefined
    return
  }
  const text = joined ?? rest.shift()
  if (text === undefined || (joined === undefined && /^--./.test(text))) {
    throw usage(`--${name} needs a value, as in --${name} ${option.value ?? '…'}`, command)
  }
  const given = values[name]
  const earlier = Array.isArray(given) ? given : []
  if (option.kind === 'text') values[name] = text
  else values[name] = [...earlier, ...(option.kind === 'list' ? text.split(',') : [text])]
}

/** A mistake in how a command was called. */
export function usage(detail: string, command: string): TraceLLMError {
  return new TraceLLMError('TL_USAGE', detail, { fix: `See \`tracellm ${command} --help\`.` })
}

function unknownOption(argument: string, options: readonly Option[], command: string): TraceLLMError {
  const name = argument.replace(/^-+/, '').replace(/=.*$/s, '')
  const flags = options.flatMap(({ flag, kind }) => (kind === 'toggle' ? [flag, `no-${flag}`] : [flag]))
  const meant = closestWord(name, flags)
  const detail = `There is no option ${argument.replace(/=.*$/s, '')}.`
  return usage(meant === undefined ? detail : `${detail} Did you mean --${meant}?`, command)
}
