import { useRef } from 'react'
import { useKeys } from './use-keys.ts'
import './keys-dialog.css'

/** Every key there is, in the order in which one meets them. None of them is needed to do anything. */
const keys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['j', 'k'], does: 'move' },
  { keys: ['↵'], does: 'open' },
  { keys: ['esc'], does: 'close, back' },
  { keys: ['/'], does: 'filter' },
  { keys: ['h', 'l'], does: 'fold, unfold; to the parent, to the first step below' },
  { keys: ['e', 'E'], does: 'next, previous failure' },
  { keys: ['[', ']'], does: 'previous, next model call' },
  { keys: ['1', '…', '4'], does: 'tabs of a step' },
  { keys: ['y'], does: 'copy the link' },
  { keys: ['?'], does: 'these keys' },
]

const dialogId = 'keys-dialog'

export function openKeysDialog(): void {
  const dialog = document.getElementById(dialogId)
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal()
}

export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  useKeys({ '?': openKeysDialog })
  return (
    // A click beside the sheet lands on the dialog itself; Escape and the button do the same.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      id={dialogId}
      ref={dialog}
      className="keys-dialog"
      aria-labelledby={`${dialogId}-title`}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="sheet">
        <header>
          <h1 id={`${dialogId}-title`}>Keys</h1>
          <button type="button" className="link" onClick={() => dialog.current?.close()}>
            <kbd>esc</kbd>
            <span className="spoken">Close</span>
          </button>
        </header>
        <dl>
          {keys.map(({ keys: names, does }) => (
            <div key={does}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  )
}
