import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { takesGzip } from './present/json-response.ts'

/** Pages of the dashboard; the same paths are JSON to everybody but a browser that opens a page. */
const pagePaths = /^\/(?:(?:(?:traces|sessions)(?:\/[^/]+)?|analytics|failures|live-logs|settings)\/?)?$/

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built dashboard: its page to a browser that navigates, its files by name. All else goes on to the routes.
 *
 * Only files that were in the folder at the start are served, so no path reaches out of it. Each is read when it is
 * first asked for and kept, compressed too, since there are few and they are small.
 */
export function dashboardFiles(folder: string): MiddlewareHandler {
  const files = findFiles(folder)
  const page = files.get('/index.html')
  const policy = page === undefined ? '' : pagePolicy(readFileSync(page.path, 'utf8'))
  return async (context, next) => {
    const { method, path } = context.req
    if (method !== 'GET' && method !== 'HEAD') return next()
    if (pagePaths.test(path)) {
      if (page === undefined || !isNavigation(context.req.raw)) {
        await next()
        context.res.headers.append('Vary', 'Accept')
        return
      }
      const response = await page.answer(context.req.raw)
      response.headers.append('Vary', 'Accept')
      response.headers.set('Content-Security-Policy', policy)
      return response
    }
    return files.get(path)?.answer(context.req.raw) ?? next()
  }
}

/** Only a browser that opens a page asks for HTML by name. */
function isNavigation(request: Request): boolean {
  return /(^|,)\s*text\/html\s*(;|,|$)/i.test(request.headers.get('accept') ?? '')
}

/** Files by the path of their URL. */
function findFiles(folder: string): Map<string, DashboardFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const url = `/${relative(folder, path).split(sep).join('/')}`
      return [url, new DashboardFile(path, url)]
    }),
  )
}

/**
 * What the page may do: load its own files and ask this server, nothing else. Scripts in the page itself, which set the
 * theme before the first paint, are named by their hash. Images may come from the bodies of messages.
 */
function pagePolicy(html: string): string {
  const scripts = Array.from(
    html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi),
    ([, text = '']) => text,
  )
  const hashes = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...hashes].join(' ')}`,
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    'media-src data: blob:',
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const compress = promisify(gzip)

/** One file, read once. */
class DashboardFile {
  readonly path: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #isText: boolean
  #plain: Promise<Buffer> | undefined
  #compressed: Promise<Buffer> | undefined

  constructor(path: string, url: string) {
    this.path = path
    const type = contentTypes[extname(path)] ?? 'application/octet-stream'
    // The build names assets after their content, so that they never change.
    const isNamedByContent = url.startsWith('/assets/')
    this.#isText = /^text\/|json|svg/.test(type)
    this.#headers = {
      'Content-Type': type,
      'Cache-Control': isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
  }

  async answer(request: Request): Promise<Response> {
    const headers = new Headers(this.#headers)
    this.#plain ??= readFile(this.path)
    if (!this.#isText) return new Response(new Uint8Array(await this.#plain), { headers })
    headers.set('Vary', 'Accept-Encoding')
    if (!takesGzip(request.headers.get('accept-encoding'))) {
      return new Response(new Uint8Array(await this.#plain), { headers })
    }
    this.#compressed ??= this.#plain.then((bytes) => compress(bytes))
    headers.set('Content-Encoding', 'gzip')
    return new Response(new Uint8Array(await this.#compressed), { headers })
  }
}
