import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageFolder } from '../package-folder.ts'
import { likelyTarget, typeCommandFor, type CommandTarget } from './type-command.ts'

const usual = { home: '/home/me/.tracellm', url: undefined, hasKeyFlag: false }
const program = /^node \S+\/bin\/tracellm\.js /

function world(env: Record<string, string> = {}) {
  return { env, homeFolder: '/home/me', workingFolder: '/work' }
}

function type(words: string, target: Partial<CommandTarget>, env: Record<string, string> = {}): string {
  const typed = typeCommandFor({ ...usual, ...target }, world(env))(words)
  expect(typed).toMatch(program)
  return typed.replace(program, '')
}

describe('typeCommandFor', () => {
  test('adds nothing where the home is the usual one', () => {
    expect(type('keys create', {})).toBe('keys create')
  })

  test('stays with another home, quoted for the shell', () => {
    expect(type('keys create', { home: '/srv/traces' })).toBe('keys create --home /srv/traces')
    expect(type('start', { home: '/home/me/my traces' })).toBe("start --home '~/my traces'")
  })

  test.each(['TRACELLM_HOME', 'TRACELLM_URL'])('names the home where %s may be set for this process alone', (name) => {
    expect(type('start', {}, { [name]: '/home/me/.tracellm' })).toBe('start --home ~/.tracellm')
  })

  test('stays with a server that was named', () => {
    expect(type('traces show <id>', { home: '/srv/traces', url: 'http://traces.example' })).toBe(
      'traces show <id> --url http://traces.example',
    )
  })

  test('starts a server where it was looked for, if that is here', () => {
    expect(type('start', { url: 'http://localhost:9000' })).toBe('start --port 9000')
    expect(type('start', { url: 'http://traces.example:9000' })).toBe('start')
  })

  test('says that a key is needed again, and never which', () => {
    expect(type('traces show <id>', { hasKeyFlag: true })).toBe('traces show <id> --api-key …')
    expect(type('traces', { hasKeyFlag: true, url: 'http://traces.example' })).toBe(
      'traces --url http://traces.example --api-key …',
    )
    expect(type('start', { hasKeyFlag: true })).toBe('start')
  })

  test('in a clone a server is begun by npm start', () => {
    const bin = join(packageFolder, '../../node_modules/.bin')
    const inClone = (words: string, home: string) => typeCommandFor({ ...usual, home }, world({ PATH: bin }))(words)
    expect(inClone('start', usual.home)).toBe('npm start')
    expect(inClone('start --port 9000', '/srv')).toBe('npm start -- --port 9000 --home /srv')
    expect(inClone('start --help', '/srv')).toBe('npm start -- --help')
    expect(inClone('traces', usual.home)).toBe('npx tracellm traces')
  })

  test('help is about no home', () => {
    expect(type('keys --help', { home: '/srv/traces' })).toBe('keys --help')
  })
})

describe('likelyTarget', () => {
  test.each([
    [['traces'], {}, usual],
    [['traces', '--home', 'here'], {}, { ...usual, home: '/work/here' }],
    [['traces', '--home=~/here', '--limti'], {}, { ...usual, home: '/home/me/here' }],
    [['traces', '--home'], {}, usual],
    [['traces', '--api-key', 'tlm_sk_0'], {}, { ...usual, hasKeyFlag: true }],
    [['traces'], { TRACELLM_API_KEY: 'tlm_sk_0' }, usual],
    [['start'], { TRACELLM_HOME: '/srv' }, { ...usual, home: '/srv' }],
    [['traces', '--url', 'http://one.example'], {}, { ...usual, url: 'http://one.example' }],
    [['traces'], { TRACELLM_URL: 'http://one.example' }, { ...usual, url: 'http://one.example' }],
    [['traces', '--home', '/srv'], { TRACELLM_URL: 'http://one.example' }, { ...usual, home: '/srv' }],
    [['start'], { TRACELLM_URL: 'http://one.example' }, usual],
    [[], {}, usual],
  ])('of %j with %j', (argv, env, target) => {
    expect(likelyTarget(argv, world(env))).toEqual(target)
  })
})
