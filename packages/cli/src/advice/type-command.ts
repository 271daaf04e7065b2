import type { CommandContext } from '../command-context.ts'
import { resolveHome, shortPath } from '../home/home-folder.ts'
import { homeSettings, settingNames } from '../settings/settings-table.ts'
import { programWords } from './program-words.ts'
import { shellWord } from './shell-word.ts'

/** What a command is about, so that the next one can be about the same. */
export interface CommandTarget {
  readonly home: string
  /** A server that was named, instead of the one of the home folder. */
  readonly url: string | undefined
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
  return (words) => [program, words, ...targetFlags(words, target, world)].join(' ')
}

function targetFlags(words: string, { home, url }: CommandTarget, world: World): string[] {
  if (words.endsWith('--help')) return []
  if (!/^start\b/.test(words) && url !== undefined) return ['--url', shellWord(url)]
  const flags = isUsualHome(home, world) ? [] : ['--home', shellWord(shortPath(home, world.homeFolder))]
  const port = portHere(url)
  return port === undefined ? flags : [...flags, '--port', port]
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
  }
}

function flagIn(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findLastIndex((argument) => argument === `--${flag}` || argument.startsWith(`--${flag}=`))
  const given = argv[at]?.slice(`--${flag}=`.length) || argv[at + 1]
  return at === -1 ? undefined : given
}
