import type { JsonObject } from '@tracellm/core'
import { jsonObject } from '@tracellm/core/wire'
import { defineRoute, type Route } from '../routes/route.ts'
import { docsPage, docsPolicy } from './docs-page.ts'
import { openApiDocument, type OpenApiDocument } from './openapi-document.ts'

/** The documentation of all routes, its own among them: as a document for programs and as a page. Made when first asked for. */
export function docsRoutes(routes: readonly Route[], version: string): Route[] {
  let made: OpenApiDocument | undefined
  function document(): OpenApiDocument {
    made ??= openApiDocument([...own, ...routes], version)
    return made
  }

  const showDocument = defineRoute({
    method: 'GET',
    path: '/openapi.json',
    scope: undefined,
    group: 'Server',
    summary: 'This description, as OpenAPI 3.1',
    answer: jsonObject,
    handle: () => document() as unknown as JsonObject,
  })

  const showPage = defineRoute({
    method: 'GET',
    path: '/docs',
    scope: undefined,
    group: 'Server',
    summary: 'This description, as a page',
    answer: jsonObject,
    contentTypes: ['text/html'],
    handle: () =>
      new Response(docsPage(document()), {
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': docsPolicy },
      }),
  })

  const own: Route[] = [showDocument, showPage]
  return own
}
