import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

describe('shellWord', () => {
  test.each(['default', '/srv/traces', 'http://127.0.0.1:8000', '~/.tracellm', '~', 'a,b=c'])('leaves %s', (text) => {
    expect(shellWord(text)).toBe(text)
  })

  test.each(['', 'two words', "it's", '$HOME', '`id`', '"', 'a;b', '*', '\\', '!x', '(a)', '日本', 'a~b c', '~root'])(
    'a shell reads %j back as it was',
    (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
    },
  )
})
