import { homedir } from 'node:os'
import { join, resolve, sep } from 'node:path'

/** The folder that `--home` names: `~` is the user's own, anything relative lies below the working folder. */
export function resolveHome(text: string, workingFolder: string, userFolder = homedir()): string {
  if (text === '~') return userFolder
  return text.startsWith('~/') ? join(userFolder, text.slice(2)) : resolve(workingFolder, text)
}

/** A path as people write it: `~/.tracellm`. */
export function shortPath(path: string, userFolder = homedir()): string {
  if (path === userFolder) return '~'
  return path.startsWith(userFolder + sep) ? `~${path.slice(userFolder.length)}` : path
}

/** The files of a home folder that are the command line's own; the others are the store's. */
export function homeFiles(home: string): { readonly config: string; readonly server: string } {
  return { config: join(home, 'config.json'), server: join(home, 'server.json') }
}

/** Whether a file could not be read because it is not there. That its folder cannot be is for the store to tell. */
export function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
