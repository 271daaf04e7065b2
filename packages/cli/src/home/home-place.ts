import { lstatSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** What is where a home folder should be. */
export type HomePlace =
  /** A folder, or what may not be looked at, which is for the store to tell. */
  | { readonly status: 'there' }
  /** Nothing, so that a folder can be made. */
  | { readonly status: 'free' }
  /** Something else, at its path or above it: no folder can be made before that is out of the way. */
  | { readonly status: 'blocked'; readonly detail: string; readonly fix: string }

/** Looks at the path of a home folder, up to the first thing that is there. Changes nothing. */
export function homePlace(home: string): HomePlace {
  for (let path = home; ; path = dirname(path)) {
    const found = look(() => lstatSync(path))
    if (found === 'unknown') return { status: 'there' }
    if (found === 'folder') return { status: path === home ? 'there' : 'free' }
    if (found === 'nothing' && path !== dirname(path)) continue
    return behind(path, path === home)
  }
}

/** What is no folder itself may be a link to one. */
function behind(path: string, isHome: boolean): HomePlace {
  const fix = 'Name another folder with --home, or move that out of the way.'
  switch (look(() => statSync(path))) {
    case 'folder':
      return { status: isHome ? 'there' : 'free' }
    case 'other':
      return { status: 'blocked', detail: `${path} is a file, not a folder.`, fix }
    case 'nothing':
      return { status: 'blocked', detail: `${path} is a symbolic link that leads nowhere.`, fix }
    case 'unknown':
      return { status: 'there' }
  }
}

function look(status: () => { isDirectory(): boolean }): 'folder' | 'other' | 'nothing' | 'unknown' {
  try {
    return status().isDirectory() ? 'folder' : 'other'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' ? 'nothing' : 'unknown'
  }
}
