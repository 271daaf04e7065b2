import {
  defaultBodyLimit,
  deletionJson,
  listTracesQuery,
  maxStepsOfPage,
  projectQuery,
  readTraceQuery,
  skeletonJson,
  stepListJson,
  stepsQuery,
  traceDetailJson,
  traceIdText,
  tracePageJson,
  type TraceDetailJson,
} from '@tracellm/core/wire'
import type { Step } from '@tracellm/core'
import type { StepBodies, TraceStore } from '@tracellm/store'
import { z } from 'zod'
import { presentContent } from '../present/content-json.ts'
import { presentDeletion } from '../present/project-json.ts'
import { presentSkeleton } from '../present/skeleton-json.ts'
import { presentStep } from '../present/step-json.ts'
import { presentTraceDetail, presentTracePage } from '../present/trace-json.ts'
import { defineRoute, type Route } from './route.ts'
import { pageOf, traceFilterOf } from './trace-filter.ts'

const params = z.object({ trace_id: traceIdText })

/** Traces: lists, one by id, its steps, and its end. */
export function traceRoutes({ store }: { readonly store: TraceStore }): Route[] {
  const listTraces = defineRoute({
    method: 'GET',
    path: '/traces',
    scope: 'read',
    group: 'Traces',
    summary: 'Traces, newest first',
    query: listTracesQuery,
    answer: tracePageJson,
    handle: async ({ scope, query }) =>
      presentTracePage(await store.listTraces(scope, traceFilterOf(query), pageOf(query))),
  })

  const readTrace = defineRoute({
    method: 'GET',
    path: '/traces/{trace_id}',
    scope: 'read',
    group: 'Traces',
    summary: 'One trace with its steps in start order',
    params,
    query: readTraceQuery,
    answer: traceDetailJson,
    async handle({ scope, params: { trace_id: traceId }, query }) {
      const [{ trace, steps }, bodies] = await Promise.all([
        store.readTrace(scope, traceId, pageOf(query, maxStepsOfPage)),
        query.include === 'bodies' ? store.readStepBodies(scope, traceId) : undefined,
      ])
      const bodyLimit = query.body_limit ?? defaultBodyLimit
      const presented = presentSteps(steps.items, trace.startUs, bodies, bodyLimit)
      return presentTraceDetail(trace, presented, steps.nextCursor)
    },
  })

  const readSkeleton = defineRoute({
    method: 'GET',
    path: '/traces/{trace_id}/skeleton',
    scope: 'read',
    group: 'Traces',
    summary: 'Every span of a trace as columns, for drawing; at most 200,000',
    params,
    query: projectQuery,
    answer: skeletonJson,
    handle: async ({ scope, params: { trace_id: traceId } }) =>
      presentSkeleton(await store.readSkeleton(scope, traceId)),
  })

  const readSteps = defineRoute({
    method: 'GET',
    path: '/traces/{trace_id}/steps',
    scope: 'read',
    group: 'Traces',
    summary: 'The steps named, in start order; ids that the trace does not have are left out',
    params,
    query: stepsQuery,
    answer: stepListJson,
    async handle({ scope, params: { trace_id: traceId }, query }) {
      const [{ trace }, steps] = await Promise.all([
        // Offsets count from the start of the trace, which a step does not know.
        store.readTrace(scope, traceId, { limit: 1 }),
        store.readSteps(scope, traceId, query.ids),
      ])
      return { items: steps.map((step) => presentStep(step, trace.startUs)), next_cursor: null }
    },
  })

  const deleteTrace = defineRoute({
    method: 'DELETE',
    path: '/traces/{trace_id}',
    scope: 'admin',
    group: 'Traces',
    summary: 'Deletes a trace with its scores and bodies',
    params,
    query: projectQuery,
    answer: deletionJson,
    handle: async ({ scope, params: { trace_id: traceId } }) =>
      presentDeletion(await store.deleteTrace(scope, traceId)),
  })

  return [listTraces, readTrace, readSkeleton, readSteps, deleteTrace]
}

function presentSteps(
  steps: readonly Step[],
  traceStartUs: number,
  bodies: readonly StepBodies[] | undefined,
  bodyLimit: number,
): TraceDetailJson['steps'] {
  if (bodies === undefined) return steps.map((step) => presentStep(step, traceStartUs))
  const byId = new Map(bodies.map((content) => [content.spanId, content]))
  return steps.map((step) => {
    const content = byId.get(step.spanId)
    return { ...presentStep(step, traceStartUs), ...presentContent(content?.input, content?.output, bodyLimit) }
  })
}
