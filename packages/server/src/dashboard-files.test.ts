import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dashboardFiles } from './dashboard-files.ts'

const themeScript = `document.documentElement.dataset.theme = 'dark'`
const html = `<!doctype html><script>${themeScript}</script><script type="module" src="/assets/main-a1.js"></script>`
const code = 'console.log(1);'.repeat(50)

let folder: string
let app: Hono

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-'))
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  writeFileSync(join(folder, 'dist/index.html'), html)
  writeFileSync(join(folder, 'dist/assets/main-a1.js'), code)
  writeFileSync(join(folder, 'dist/favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  app = new Hono().use(dashboardFiles(join(folder, 'dist'))).all('*', (context) => context.json('data'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const navigating = { headers: { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' } }

describe('dashboardFiles', () => {
  test.each([
    '/',
    '/traces',
    '/traces/',
    '/traces/abc',
    '/traces/abc/',
    '/sessions/abc',
    '/analytics',
    '/failures',
    '/live-logs',
    '/settings',
  ])('%s is the page to a browser that navigates, and data to everybody else', async (path) => {
    const page = await app.request(path, navigating)
    expect(await page.text()).toBe(html)
    expect(page.headers.get('vary')).toContain('Accept')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    for (const accept of ['*/*', 'application/json']) {
      const data = await app.request(path, { headers: { accept } })
      expect(await data.json()).toBe('data')
      expect(data.headers.get('vary')).toContain('Accept')
    }
  })

  test.each(['/docs', '/openapi.json', '/traces/abc/export', '/traces/abc/bodies/1', '/projects', '/nowhere'])(
    '%s is what it is, to browsers too',
    async (path) => expect(await (await app.request(path, navigating)).json()).toBe('data'),
  )

  test('a form that is sent is no navigation to a page', async () => {
    expect(await (await app.request('/traces', { ...navigating, method: 'POST' })).json()).toBe('data')
  })

  test('the page may run its own files and the script in it, and no other', async () => {
    const policy = (await app.request('/', navigating)).headers.get('content-security-policy')
    const hash = createHash('sha256').update(themeScript).digest('base64')
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })

  test('files named by their content never change, others may', async () => {
    const asset = await app.request('/assets/main-a1.js')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const icon = await app.request('/favicon.svg')
    expect(icon.headers.get('cache-control')).toBe('no-cache')
    expect(icon.headers.get('content-type')).toBe('image/svg+xml')
  })

  test('texts are compressed for those who can read it', async () => {
    const asset = await app.request('/assets/main-a1.js', { headers: { 'accept-encoding': 'gzip' } })
    expect(gunzipSync(await asset.arrayBuffer()).toString()).toBe(code)
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets',
    '/assets/',
  ])('nothing is found outside the folder: %s', async (path) =>
    expect(await (await app.request(path)).json()).toBe('data'),
  )
})
