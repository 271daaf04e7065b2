import { chooseTheme, theme, themes } from '../data/theme.ts'
import { useValue } from '../data/value-store.ts'
import { Link } from '../router/link.tsx'
import { Brand, Icon } from './icon.tsx'
import { openKeysDialog } from './keys-dialog.tsx'
import { RecordingStatus } from './recording-status.tsx'
import './rail.css'

/** Left of every page: where one can go, and at its foot whether the server records. */
export function Rail({ path }: { path: string }) {
  return (
    <nav className="rail" aria-label="Pages">
      <Link className="brand" href="/traces" aria-label="TraceLLM">
        <Brand />
        <span className="label">TraceLLM</span>
      </Link>
      <TracesLink path={path} />
      <hr />
      <ThemeButton />
      <button type="button" className="item" onClick={openKeysDialog} title="Keys  ?">
        <Icon name="keys" />
        <span className="label">Keys</span>
      </button>
      <RecordingStatus />
    </nav>
  )
}

/** The same at the bottom of a narrow screen. */
export function TabBar({ path }: { path: string }) {
  return (
    <nav className="tab-bar" aria-label="Pages">
      <TracesLink path={path} />
      <ThemeButton />
    </nav>
  )
}

function TracesLink({ path }: { path: string }) {
  const isHere = path === '/' || path.startsWith('/traces')
  return (
    <Link className="item" href="/traces" aria-current={isHere ? 'page' : undefined} title="Traces">
      <Icon name="traces" />
      <span className="label">Traces</span>
    </Link>
  )
}

/** One after the other: as the system, light, dark. */
function ThemeButton() {
  const chosen = useValue(theme)
  const next = themes[(themes.indexOf(chosen) + 1) % themes.length]!
  return (
    <button type="button" className="item" onClick={() => chooseTheme(next)} title={themeWords[chosen]}>
      <Icon name="theme" />
      <span className="label">{themeWords[chosen]}</span>
    </button>
  )
}

const themeWords = { system: 'System colours', light: 'Light colours', dark: 'Dark colours' }
