import { Suspense, useEffect } from 'react'
import { keyProblem } from './data/api-key.ts'
import { useValue } from './data/value-store.ts'
import { KeyPage } from './pages/key/key-page.tsx'
import { MissingPage } from './pages/missing-page.tsx'
import { ConnectionBanner } from './parts/connection-banner.tsx'
import { KeysDialog } from './parts/keys-dialog.tsx'
import { PageBoundary } from './parts/page-boundary.tsx'
import { Rail, TabBar } from './parts/rail.tsx'
import { usePlace } from './router/place.ts'
import { fetchOtherPages, findRoute } from './routes.tsx'
import './app.css'

/** The frame around every page: the rail, what is wrong with the connection, and the page. */
export function App() {
  const { path } = usePlace()
  const problem = useValue(keyProblem)
  useEffect(fetchOtherPages, [])
  if (problem !== undefined) return <KeyPage problem={problem} />

  const found = findRoute(path)
  const Page = found?.route.page
  return (
    <div className={found?.route.isWide === true ? 'app wide' : 'app'}>
      <Rail path={path} />
      <main>
        <ConnectionBanner />
        <PageBoundary key={path}>
          <Suspense>{Page === undefined ? <MissingPage path={path} /> : <Page id={found!.id} />}</Suspense>
        </PageBoundary>
      </main>
      <TabBar path={path} />
      <KeysDialog />
    </div>
  )
}
