import type { TraceLLMError } from '@tracellm/core'
import type { Scope } from '@tracellm/store'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Identity } from '../access/identity.ts'

/** What a caller must be allowed to do. `instance` is for those who manage projects. */
export type RouteScope = 'ingest' | 'read' | 'admin' | 'instance'

/**
 * One route as data: what it takes, what it answers, and what makes the one from the other. The request is checked by
 * these schemas, and the OpenAPI document is made from them.
 *
 * What a route does not name, it does not take: a query parameter without a schema is an error.
 */
export interface Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As OpenAPI writes it: `/traces/{trace_id}`. */
  readonly path: string
  /** `undefined`: anybody, without a key too. */
  readonly scope: RouteScope | undefined
  /** Under which heading the documentation lists it. */
  readonly group: string
  /** What it does, in a sentence without a full stop. */
  readonly summary: string
  readonly params?: Params
  readonly query?: Query
  /** A JSON body. An absent one is `undefined` to the schema. */
  readonly body?: Body
  /** In place of `body`: the handler reads the bytes itself, and the query too. */
  readonly rawBody?: { readonly contentTypes: readonly string[]; readonly schema?: z.ZodType }
  readonly answer: Answer
  /** (200) 101 is answered beside the routes, where a request becomes a socket. */
  readonly status?: 101 | 200 | 201
  /** What it answers besides, for the documentation: by status, when. Above 400 it is a problem. */
  readonly otherAnswers?: Readonly<Record<number, string>>
  /** Content types of an answer that is not JSON, or not always. */
  readonly contentTypes?: readonly string[]
  /** Left out of the documentation: another spelling of a route that is in it, or one that comes later. */
  readonly undocumented?: boolean
  /** How errors look, where not problem+json: OTLP has a form of its own. */
  presentError?(error: TraceLLMError, request: Request): Response | Promise<Response>
  handle(
    request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>,
  ): Promise<z.output<Answer> | Response> | z.output<Answer> | Response
}

/** A request that has passed every check. */
export interface RouteRequest<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** What this request may see: the caller's scope, narrowed by `project_id`. The one thing to give to the store. */
  readonly scope: Scope
  readonly identity: Identity
  /** For what the schemas cannot say: headers, and Node's own request under `env`. */
  readonly context: Context
}

/** A route whose handler is typed by its schemas. */
export function defineRoute<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
>(route: Route<Params, Query, Body, Answer>): Route {
  return route
}
