import { spawn } from 'node:child_process'

export interface BrowserWishes {
  readonly isWanted: boolean
  /** Whether a person started this, and sees what it prints. */
  readonly isTerminal: boolean
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What opens an address in the user's browser; `undefined` where nobody would see it: in a pipe, in CI, over SSH. */
export function browserCommand({ isWanted, isTerminal, platform, env }: BrowserWishes): string | undefined {
  if (!isWanted || !isTerminal || env['CI'] || env['SSH_CONNECTION']) return undefined
  switch (platform) {
    case 'darwin':
      return 'open'
    case 'linux':
      return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined
    case 'win32':
      return 'explorer.exe'
    default:
      return undefined
  }
}

/** Opens an address. That it could not is no failure: the address is on the screen. */
export function openBrowser(command: string, url: string): void {
  const browser = spawn(command, [url], { detached: true, stdio: 'ignore' })
  browser.on('error', () => undefined)
  browser.unref()
}
