import type { MiddlewareHandler } from 'hono'

/** What a page made of an answer may do, where the answer does not say: nothing. */
const nothing = "default-src 'none'; frame-ancestors 'none'"

/** Headers that keep an answer what it is: no guessing of types, no use by pages of other origins, nothing run. */
export const safeHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  const { headers } = context.res
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Referrer-Policy', 'no-referrer')
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', nothing)
}
