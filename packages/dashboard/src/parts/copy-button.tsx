import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { useKeys } from './use-keys.ts'

export interface CopyButtonProps extends Omit<ButtonProps, 'onClick'> {
  readonly text: string | (() => string)
  /** The key that does the same (none). */
  readonly hotkey?: string
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, hotkey, children, ...rest }: CopyButtonProps) {
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), 1600)
    return () => clearTimeout(timer)
  }, [said])

  async function copy() {
    const done = await copyText(typeof text === 'function' ? text() : text)
    setSaid(done ? 'Copied' : 'The browser does not let this page copy')
  }

  useKeys(hotkey === undefined ? {} : { [hotkey]: () => void copy() })
  return (
    <>
      <Button icon="copy" onClick={() => void copy()} title={said} {...rest}>
        {children === undefined ? undefined : (said ?? children)}
      </Button>
      <span className="spoken" role="status">
        {said}
      </span>
    </>
  )
}

/** Pages that did not come over https or from this machine may not use the clipboard; the old way works there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.className = 'spoken'
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    return done
  }
}
