import { useEffect, useRef, useState, type FormEvent } from 'react'
import { keepApiKey } from '../../data/api-key.ts'
import { Brand } from '../../parts/icon.tsx'
import { useTitle } from '../use-title.ts'
import './key-page.css'

/** Asks for an API key where the server wants one. It stays in this tab. */
export function KeyPage({ problem }: { problem: 'missing' | 'unknown' }) {
  useTitle('API key')
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // There is nothing else on the page.
  useEffect(() => field.current?.focus(), [])

  function enter(event: FormEvent) {
    event.preventDefault()
    if (text.trim() !== '') keepApiKey(text.trim())
  }

  return (
    <main className="key-page">
      <form onSubmit={enter}>
        <h1>
          <Brand /> This server asks for a key
        </h1>
        <p className={problem === 'unknown' ? 'warn' : 'dim'} role="status">
          {problemWords[problem]}
        </p>
        <label htmlFor="api-key">API key</label>
        <div className="field">
          <input
            id="api-key"
            ref={field}
            type="password"
            value={text}
            placeholder="tlm_sk_…"
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="button main" disabled={text.trim() === ''}>
            Open
          </button>
        </div>
        <p className="faint">
          It is kept in this tab and forgotten with it. <code>npx tracellm keys create</code> makes one, on the machine
          of the server.
        </p>
      </form>
    </main>
  )
}

const problemWords = {
  missing: 'It can be reached from other machines, so it answers only to those who have one.',
  unknown: 'That key is not good here: it is wrong, has expired or was revoked.',
}
