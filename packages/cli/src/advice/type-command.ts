import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandContext } from '../command-context.ts'
import { resolveHome, shortPath } from '../home/home-folder.ts'
import { packageFolder } from '../package-folder.ts'
import { homeSettings, settingNames } from '../settings/settings-table.ts'
import { programWords } from './program-words.ts'
import { shellWord } from './shell-word.ts'

/** What a command is about, so that the next one can be about the same. */
export interface CommandTarget {
  readonly home: string
  /** A server that was named, instead of the one of the home folder. */
  readonly url: string | undefined
  /** The key was given by a flag, so that the next command needs one too; it is never written out. */
  readonly hasKeyFlag: boolean
}

type World = Pick<CommandContext, 'env' | 'homeFolder' | 'workingFolder'>

/** A command as it can be copied: `keys create` → `npx tracellm keys create --home ~/traces`. */
export type TypeCommand = (words: string) => string

/**
 * Writes commands as this user can type them, about the same home or server as the one that runs.
 * Their words are quoted already; what is added here is quoted too.
 */
export function typeCommandFor(target: CommandTarget, world: World): TypeCommand {
  const program = programWords(world.env['PATH'])
  return (words) => {
    const flags = targetFlags(words, target, world)
    if (!isNpmStart(program, words)) return [program, words, ...flags].join(' ')
    const given = [words.slice('start '.length), ...flags].filter((text) => text !== '')
    return ['npm start', ...(given.length === 0 ? [] : ['--']), ...given].join(' ')
  }
}

/** In a clone `npm start` builds the dashboard too. */
function isNpmStart(program: string, words: string): boolean {
  return isCheckout && program === 'npx tracellm' && /^start\b/.test(words)
}

/** What is published has no source. */
const isCheckout = existsSync(join(packageFolder, 'src/main.ts'))

function targetFlags(words: string, { home, url, hasKeyFlag }: CommandTarget, world: World): string[] {
  if (words.endsWith('--help')) return []
  const isStart = /^start\b/.test(words)
  const key = hasKeyFlag && !isStart ? ['--api-key', '…'] : []
  if (!isStart && url !== undefined) return ['--url', shellWord(url), ...key]
  const flags = isUsualHome(home, world) ? [] : ['--home', shellWord(shortPath(home, world.homeFolder))]
  const port = portHere(url)
  return [...flags, ...(port === undefined ? [] : ['--port', port]), ...key]
}

/** Whether a command without flags is about this home, in any shell: a variable may be set for this process alone. */
function isUsualHome(home: string, { env, workingFolder, homeFolder }: World): boolean {
  const isChosen = ['home', 'url'].some((key) => env[settingNames(key).variable])
  return !isChosen && home === resolveHome(homeSettings.home.default, workingFolder, homeFolder)
}

/** The port of a server that could be started here to answer at this address. */
function portHere(url: string | undefined): string | undefined {
  const address = url === undefined ? null : URL.parse(url)
  const isHere = address !== null && ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  return isHere && address.port !== '' ? address.port : undefined
}

/** The target of a command whose arguments may be wrong: for what is said of the mistake. */
export function likelyTarget(argv: readonly string[], { env, workingFolder, homeFolder }: World): CommandTarget {
  const home = flagIn(argv, 'home') ?? (env[settingNames('home').variable] || homeSettings.home.default)
  const url =
    flagIn(argv, 'url') ?? (flagIn(argv, 'home') === undefined ? env[settingNames('url').variable] : undefined)
  return {
    home: resolveHome(home, workingFolder, homeFolder),
    url: argv[0] === 'start' || !url ? undefined : url,
    hasKeyFlag: flagIn(argv, 'api-key') !== undefined,
  }
}

function flagIn(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findLastIndex((argument) => argument === `--${flag}` || argument.startsWith(`--${flag}=`))
  const given = argv[at]?.slice(`--${flag}=`.length) || argv[at + 1]
  return at === -1 ? undefined : given
}
