import type { MiddlewareHandler } from 'hono'
import type { AccessSettings } from '../app-parts.ts'
import { incomingOf } from '../incoming-of.ts'
import { checkHost } from './check-host.ts'
import { checkOrigin } from './check-origin.ts'
import { checkTarget } from './check-target.ts'

/** What a page may use, as `Access-Control-Allow-Methods` lists it. */
const methods = 'GET, HEAD, POST, PUT, DELETE, OPTIONS'

/**
 * Lets in programs, pages of this machine and pages of configured origins, and tells browsers so; everybody else is
 * refused before any route is looked for. CORS names the one origin and never `*`.
 */
export function guardOrigins(settings: AccessSettings): MiddlewareHandler {
  return async (context, next): Promise<Response | undefined> => {
    const { headers, method } = context.req.raw
    const incoming = incomingOf(context.env)
    if (incoming !== undefined) checkTarget(incoming)
    checkHost(headers, settings)
    const origin = checkOrigin(headers, method, settings)
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: optionsHeaders(headers, origin) })
    await next()
    context.res.headers.append('Vary', 'Origin')
    if (origin !== undefined) {
      context.res.headers.set('Access-Control-Allow-Origin', origin)
      context.res.headers.set('Access-Control-Expose-Headers', 'Content-Disposition, Content-Range, Retry-After')
    }
    return undefined
  }
}

function optionsHeaders(request: Headers, origin: string | undefined): Headers {
  const headers = new Headers({ Allow: methods, Vary: 'Origin' })
  if (origin === undefined) return headers
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Allow-Methods', methods)
  const asked = request.get('access-control-request-headers')
  if (asked !== null) headers.set('Access-Control-Allow-Headers', asked)
  headers.set('Access-Control-Max-Age', '600')
  return headers
}
