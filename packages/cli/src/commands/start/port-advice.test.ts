import { TraceLLMError } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { portForbidden } from './port-advice.ts'

describe('portForbidden', () => {
  test('keeps what is said of the port, and repeats the command with one that is free', async () => {
    const error = new TraceLLMError('TL_PORT_FORBIDDEN', 'this user may not listen on 127.0.0.1:80')
    const argv = ['--port', '80', '--no-open', '--redact', 'a b', '--home=/srv']
    const { code, detail, fix } = await portForbidden(error, argv)
    expect([code, detail]).toEqual(['TL_PORT_FORBIDDEN', error.detail])
    expect(fix).toMatch(/^Use another port: `tracellm start --no-open --redact 'a b' --port [1-9]\d{3,4}`$/)
  })
})
