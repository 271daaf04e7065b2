import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { licenseTexts } from '../../scripts/build/licenses.ts'

/** For `npm run dev -w @tracellm/dashboard`: the running server that answers the pages. */
const server = process.env['TRACELLM_URL'] ?? 'http://127.0.0.1:8000'
/** The server answers its own pages only. */
const asItsOwn = { target: server, changeOrigin: true, headers: { origin: server } }
const isPage = (accept = '') => accept.includes('text/html')

/** `licenses.txt`, of everything that ends up in the pages, fonts too. */
const licenses: Plugin = {
  name: 'licenses',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: licenseTexts(this.getModuleIds()) })
  },
}

export default defineConfig({
  plugins: [react(), licenses],
  build: {
    // The page may load files of this server only, so that a font inside a style sheet would be refused.
    assetsInlineLimit: 0,
    // Browsers that have what the pages use have `modulepreload` too.
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/ws': { ...asItsOwn, ws: true },
      '^/(traces|sessions|analytics|failures|settings)?([/?].*)?$': {
        ...asItsOwn,
        bypass: ({ headers }) => (isPage(headers.accept) ? '/index.html' : undefined),
      },
    },
  },
})
