import type { TraceStore } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import { routeTable } from '../routes/route-table.ts'
import { sampleApp, sampleParts } from '../sample-app.ts'
import type { OpenApiDocument, Operation } from './openapi-document.ts'

/** None of these routes looks into the store. */
const noStore = {} as TraceStore

async function readDocument(): Promise<OpenApiDocument> {
  const response = await sampleApp(noStore).request('/openapi.json')
  return response.json()
}

function parametersOf(operation?: Operation) {
  return operation?.parameters.map(({ name, in: place, required }) => [name, place, required])
}

describe('GET /openapi.json', () => {
  test('has every route, and no other spelling of one', async () => {
    const { openapi, paths } = await readDocument()
    expect(openapi).toBe('3.1.0')
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const routes = routeTable(sampleParts(noStore)).filter((route) => route.undocumented !== true)
    expect(documented.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted())
    expect(documented).not.toContain('POST /otel/v1/traces')
  })

  test('refers only to schemas it has', async () => {
    const document = await readDocument()
    const names = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)
    const referred = new Set(Array.from(names, ([, name]) => name))
    expect(referred.size).toBeGreaterThan(10)
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...referred]))
    expect(JSON.stringify(document)).not.toContain('#/$defs/')
  })

  test('tells parameters by their meaning, and whether they are required', async () => {
    const { paths } = await readDocument()
    const steps = paths['/traces/{trace_id}/steps']?.['get']
    expect(parametersOf(steps)).toEqual([
      ['trace_id', 'path', true],
      ['project_id', 'query', false],
      ['ids', 'query', true],
    ])
    const list = paths['/traces']?.['get']?.parameters.find(({ name }) => name === 'limit')
    expect(list?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 200 })
  })

  test('every name of an operation is its own', async () => {
    const { paths } = await readDocument()
    const ids = Object.values(paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('tells the statuses of a route', async () => {
    const { paths } = await readDocument()
    const responsesOf = (path: string) => paths[path]?.['get']?.responses ?? {}
    expect(Object.keys(responsesOf('/traces'))).toEqual(['200', 'default'])
    expect(Object.keys(responsesOf('/ws'))).toEqual(['101', 'default'])
    const body = responsesOf('/traces/{trace_id}/bodies/{body}')
    expect(Object.keys(body)).toEqual(['200', '206', '416', 'default'])
    expect(body['206']?.content).toEqual(body['200']?.content)
    expect(Object.keys(body['416']?.content ?? {})).toEqual(['application/problem+json'])
  })

  test('answers may grow keys, bodies are what they say', async () => {
    const { paths, components } = await readDocument()
    expect(components.schemas['Trace']).not.toHaveProperty('additionalProperties')
    const body = paths['/scores']?.['post']?.requestBody
    expect(body?.required).toBe(true)
    expect(components.schemas['ScoreInput']).toMatchObject({ additionalProperties: false })
    expect(paths['/projects']?.['post']?.requestBody?.required).toBe(false)
  })
})
