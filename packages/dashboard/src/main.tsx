import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './styles/tokens.css'
import './styles/base.css'
import { App } from './app.tsx'
import { DataProvider, openData } from './data/data.tsx'
import { followSystemTheme } from './data/theme.ts'

followSystemTheme()
const data = openData(location.origin)

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={data.queries}>
      <DataProvider value={data}>
        <App />
      </DataProvider>
    </QueryClientProvider>
  </StrictMode>,
)
