import { describe, expect, test } from 'vitest'
import { browserCommand, type BrowserWishes } from './open-browser.ts'

const wishes: BrowserWishes = { isWanted: true, isTerminal: true, platform: 'linux', env: { DISPLAY: ':0' } }

describe('browserCommand', () => {
  test.each([
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['linux', {}, undefined],
    ['darwin', {}, 'open'],
    ['freebsd', { DISPLAY: ':0' }, undefined],
  ] as const)('on %s with %j is %s', (platform, env, command) => {
    expect(browserCommand({ ...wishes, platform, env })).toBe(command)
  })

  test('opens nothing where nobody would see it', () => {
    expect(browserCommand({ ...wishes, isWanted: false })).toBeUndefined()
    expect(browserCommand({ ...wishes, isTerminal: false })).toBeUndefined()
    expect(browserCommand({ ...wishes, env: { DISPLAY: ':0', CI: 'true' } })).toBeUndefined()
    expect(browserCommand({ ...wishes, env: { DISPLAY: ':0', SSH_CONNECTION: '1 2 3 4' } })).toBeUndefined()
  })
})
