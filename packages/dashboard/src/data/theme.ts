import { ValueStore } from './value-store.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const dark = matchMedia('(prefers-color-scheme: dark)')

/** What was chosen. The script in `index.html` applies it before the first paint, this from then on. */
export const theme = new ValueStore<Theme>(storedTheme())

/** What is on the screen, for what is drawn rather than styled. */
export const shownTheme = new ValueStore(document.documentElement.dataset['theme'])

export function chooseTheme(chosen: Theme): void {
  theme.set(chosen)
  try {
    if (chosen === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', chosen)
  } catch {
    // Without storage the choice holds as long as the page.
  }
  apply()
}

/** Follows the system for as long as nothing else was chosen. */
export function followSystemTheme(): void {
  dark.addEventListener('change', apply)
}

function apply(): void {
  const chosen = theme.get()
  const shown = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen
  document.documentElement.dataset['theme'] = shown
  shownTheme.set(shown)
}

function storedTheme(): Theme {
  try {
    return themes.find((name) => name === localStorage.getItem('theme')) ?? 'system'
  } catch {
    return 'system'
  }
}
