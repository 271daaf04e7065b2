import { errorTable } from '@tracellm/core'
import { liveCommand, liveEventJson, problemJson } from '@tracellm/core/wire'
import { z } from 'zod'
import type { Route } from '../routes/route.ts'

type JsonSchema = z.core.JSONSchema.JSONSchema

/** A document of OpenAPI 3.1, as far as it is made here. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, object>>
  }
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly security: readonly object[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly description?: string | undefined
  readonly schema: JsonSchema
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>

/**
 * The OpenAPI document of the routes, from the schemas that check them.
 * Schemas with a name stand once under `components`; OpenAPI 3.1 takes JSON Schema 2020-12 as zod writes it.
 */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const schemas = new NamedSchemas()
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) {
    if (route.undocumented !== true)
      (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route, schemas)
  }
  // No route has these, sockets do.
  schemas.read(liveEventJson, 'output')
  schemas.read(liveCommand, 'input')
  return {
    openapi: '3.1.0',
    info: { title: 'TraceLLM', version, description },
    paths,
    components: {
      schemas: schemas.named,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'tlm_sk_…' } },
    },
  }
}

const description = [
  'Times are ISO 8601 with Z, durations milliseconds, costs US dollars. What is unknown is null.',
  'Without a key, on loopback, all projects are seen; a key sees its own. Errors are problem documents with a code:',
  Object.keys(errorTable).join(', '),
].join(' ')

function operationOf(route: Route, schemas: NamedSchemas): Operation {
  const answer = answerOf(route, schemas)
  const problem = { 'application/problem+json': { schema: schemas.read(problemJson, 'output') } }
  const others = Object.entries(route.otherAnswers ?? {}).map(([status, when]) => [
    status,
    { description: when, content: Number(status) < 400 ? answer : problem },
  ])
  return {
    operationId: operationId(route),
    tags: [route.group],
    summary: route.summary,
    security: route.scope === undefined ? [] : [{ key: [route.scope] }, {}],
    parameters: [
      ...parametersOf(route.params, 'path', schemas),
      ...(route.rawBody === undefined ? parametersOf(route.query, 'query', schemas) : []),
    ],
    ...requestBodyOf(route, schemas),
    responses: {
      [String(route.status ?? 200)]: { description: 'As asked for', content: answer },
      ...Object.fromEntries(others),
      default: { description: 'A problem', content: problem },
    },
  }
}

/** `get /traces/{trace_id}/steps` as `getTracesTraceIdSteps`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
}

function parametersOf(schema: z.ZodObject | undefined, place: Parameter['in'], schemas: NamedSchemas): Parameter[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemas.read(schema, 'output')
  return Object.entries(properties).map(([name, property]) => {
    const { description: said, ...rest } = property as JsonSchema
    return { name, in: place, required: place === 'path' || required.includes(name), description: said, schema: rest }
  })
}

function requestBodyOf({ body, rawBody }: Route, schemas: NamedSchemas): Pick<Operation, 'requestBody'> {
  if (body !== undefined) {
    const required = !body.safeParse(undefined).success
    return { requestBody: { required, content: { 'application/json': { schema: schemas.read(body, 'input') } } } }
  }
  if (rawBody === undefined) return {}
  const { contentTypes, schema } = rawBody
  const content = contentTypes.map((type) => [
    type,
    schema === undefined ? {} : { schema: schemas.read(schema, 'input') },
  ])
  return { requestBody: { required: true, content: Object.fromEntries(content) as Content } }
}

function answerOf({ answer, contentTypes = ['application/json'] }: Route, schemas: NamedSchemas): Content {
  return Object.fromEntries(
    contentTypes.map((type) => [type, type === 'application/json' ? { schema: schemas.read(answer, 'output') } : {}]),
  )
}

/** Gathers schemas that have a name, and refers to them. */
class NamedSchemas {
  readonly named: Record<string, JsonSchema> = {}

  /** A schema as JSON Schema: of what a caller sends (`input`), or of what it gets and what texts mean (`output`). */
  read(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, override: allowMoreKeys(io) })
    for (const [name, definition] of Object.entries($defs)) {
      const { id: _id, ...own } = definition
      this.named[name] = withComponentRefs(own)
    }
    const { id, ...own } = rest
    if (id === undefined) return withComponentRefs(own)
    this.named[id] = withComponentRefs(own)
    return { $ref: `#/components/schemas/${id}` }
  }
}

/** Answers may grow keys without breaking those who read them. */
function allowMoreKeys(io: 'input' | 'output') {
  return ({ jsonSchema }: { jsonSchema: JsonSchema }) => {
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  }
}

function withComponentRefs(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema
}
