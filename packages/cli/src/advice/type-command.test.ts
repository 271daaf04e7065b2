import { describe, expect, test } from 'vitest'
import { likelyTarget, typeCommandFor, type CommandTarget } from './type-command.ts'

const program = /^node \S+\/bin\/tracellm\.js /

function world(env: Record<string, string> = {}) {
  return { env, homeFolder: '/home/me', workingFolder: '/work' }
}

function type(words: string, target: Partial<CommandTarget>, env: Record<string, string> = {}): string {
  const typed = typeCommandFor({ home: '/home/me/.tracellm', url: undefined, ...target }, world(env))(words)
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

  test('help is about no home', () => {
    expect(type('keys --help', { home: '/srv/traces' })).toBe('keys --help')
  })
})

describe('likelyTarget', () => {
  const usual = { home: '/home/me/.tracellm', url: undefined }

  test.each([
    [['traces'], {}, usual],
    [['traces', '--home', 'here'], {}, { ...usual, home: '/work/here' }],
    [['traces', '--home=~/here', '--limti'], {}, { ...usual, home: '/home/me/here' }],
    [['traces', '--home'], {}, usual],
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
