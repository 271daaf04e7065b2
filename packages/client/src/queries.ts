import type { ProjectId, SpanId, TraceId } from '@tracellm/core'
import type {
  AnalyticsJson,
  AnalyticsQueryInput,
  ApiKeyInput,
  ApiKeyListJson,
  ApiKeyWithSecretJson,
  CreatedProjectJson,
  DeletionJson,
  ExportQuery,
  FailuresJson,
  FailuresQueryInput,
  HealthJson,
  ListApiKeysQuery,
  ListProjectsQuery,
  ListScoresQuery,
  ListTracesQuery,
  PlainTraceInput,
  PlainTraceReceipt,
  ProjectInput,
  ProjectListJson,
  ReadSpanQuery,
  ReadTraceQuery,
  RecentRequestsJson,
  RevokedKeyJson,
  ScoreInput,
  ScoreJson,
  ScoreListJson,
  SettingsJson,
  SkeletonJson,
  SpanJson,
  StepListJson,
  StepsQuery,
  TraceDetailJson,
  TracePageJson,
} from '@tracellm/core/wire'
import { sendRequest, type ClientRequest, type Connection } from './send-request.ts'

/** What every call takes beside its own arguments. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

/** Which of several projects that know the same id is meant; a key fixes it. */
export type InProject = { readonly project_id?: string | undefined }

/** A query or a body as a caller writes it: ids are plain text, since the server checks them, and `undefined` is left out. */
export type Wish<Input> = { readonly [Name in keyof Input]: AsText<Input[Name]> | OptionalOf<Input, Name> }

type AsText<Value> = Value extends ProjectId | TraceId | SpanId
  ? string
  : Value extends readonly SpanId[]
    ? readonly string[]
    : Value extends readonly (infer Item)[]
      ? readonly Item[]
      : Value
type OptionalOf<Input, Name extends keyof Input> = object extends Pick<Input, Name> ? undefined : never

/** One trace, or several. */
export type PlainTraces = Wish<PlainTraceInput> | { readonly traces: readonly Wish<PlainTraceInput>[] }

/** Every call of the HTTP contract. All of them throw what `sendRequest` throws. */
export interface Queries {
  /** Who answers, what is stored, and what ingest did. */
  readHealth(options?: CallOptions): Promise<HealthJson>
  /** The newest requests to ingest paths, newest first. */
  listRecentRequests(options?: CallOptions): Promise<RecentRequestsJson>
  readSettings(options?: CallOptions): Promise<SettingsJson>

  sendTraces(body: PlainTraces, options?: CallOptions): Promise<PlainTraceReceipt>
  /** Newest first. */
  listTraces(query?: Wish<ListTracesQuery>, options?: CallOptions): Promise<TracePageJson>
  /** One trace and a page of its steps, in start order. */
  readTrace(traceId: string, query?: Wish<ReadTraceQuery>, options?: CallOptions): Promise<TraceDetailJson>
  /** Every span of a trace as columns, for drawing. */
  readSkeleton(traceId: string, query?: InProject, options?: CallOptions): Promise<SkeletonJson>
  /** The steps named; ids that the trace does not have are left out. */
  readSteps(traceId: string, query: Wish<StepsQuery>, options?: CallOptions): Promise<StepListJson>
  readSpan(traceId: string, spanId: string, query?: Wish<ReadSpanQuery>, options?: CallOptions): Promise<SpanJson>
  /** One body whole, as the JSON text it is kept as. */
  readBody(traceId: string, body: string, query?: InProject, options?: CallOptions): Promise<string>
  /** JSON, OTLP/JSON or Markdown, as text. */
  exportTrace(traceId: string, query?: Wish<ExportQuery>, options?: CallOptions): Promise<string>
  deleteTrace(traceId: string, query?: InProject, options?: CallOptions): Promise<DeletionJson>

  readAnalytics(query?: Wish<AnalyticsQueryInput>, options?: CallOptions): Promise<AnalyticsJson>
  readFailures(query?: Wish<FailuresQueryInput>, options?: CallOptions): Promise<FailuresJson>

  writeScore(body: Wish<ScoreInput>, query?: InProject, options?: CallOptions): Promise<ScoreJson>
  listScores(query: Wish<ListScoresQuery>, options?: CallOptions): Promise<ScoreListJson>

  listProjects(query?: Wish<ListProjectsQuery>, options?: CallOptions): Promise<ProjectListJson>
  /** The project, and a key for it, whose text is in no later answer. */
  createProject(body: Wish<ProjectInput>, options?: CallOptions): Promise<CreatedProjectJson>
  deleteProject(projectId: string, options?: CallOptions): Promise<DeletionJson>

  /** Revoked ones too. */
  listApiKeys(query?: Wish<ListApiKeysQuery>, options?: CallOptions): Promise<ApiKeyListJson>
  /** The key, whose text is in no later answer. */
  createApiKey(body: Wish<ApiKeyInput>, options?: CallOptions): Promise<ApiKeyWithSecretJson>
  revokeApiKey(keyId: string, options?: CallOptions): Promise<RevokedKeyJson>
}

export function createQueries(connection: Connection): Queries {
  const send = (request: ClientRequest) => sendRequest(connection, request)
  const ask = async <Answer>(request: ClientRequest): Promise<Answer> => (await send(request)).json()
  const askText = async (request: ClientRequest): Promise<string> => (await send(request)).text()

  return {
    readHealth: (options) => ask({ path: '/', ...options }),
    listRecentRequests: (options) => ask({ path: '/ingest/recent', ...options }),
    readSettings: (options) => ask({ path: '/settings', ...options }),

    sendTraces: (body, options) => ask({ method: 'POST', path: '/traces', body, ...options }),
    listTraces: (query, options) => ask({ path: '/traces', query, ...options }),
    readTrace: (traceId, query, options) => ask({ path: at`/traces/${traceId}`, query, ...options }),
    readSkeleton: (traceId, query, options) => ask({ path: at`/traces/${traceId}/skeleton`, query, ...options }),
    readSteps: (traceId, query, options) => ask({ path: at`/traces/${traceId}/steps`, query, ...options }),
    readSpan: (traceId, spanId, query, options) =>
      ask({ path: at`/traces/${traceId}/spans/${spanId}`, query, ...options }),
    readBody: (traceId, body, query, options) =>
      askText({ path: at`/traces/${traceId}/bodies/${body}`, query, ...options }),
    exportTrace: (traceId, query, options) => askText({ path: at`/traces/${traceId}/export`, query, ...options }),
    deleteTrace: (traceId, query, options) =>
      ask({ method: 'DELETE', path: at`/traces/${traceId}`, query, ...options }),

    readAnalytics: (query, options) => ask({ path: '/analytics', query, ...options }),
    readFailures: (query, options) => ask({ path: '/failures', query, ...options }),

    writeScore: (body, query, options) => ask({ method: 'POST', path: '/scores', query, body, ...options }),
    listScores: (query, options) => ask({ path: '/scores', query, ...options }),

    listProjects: (query, options) => ask({ path: '/projects', query, ...options }),
    createProject: (body, options) => ask({ method: 'POST', path: '/projects', body, ...options }),
    deleteProject: (projectId, options) => ask({ method: 'DELETE', path: at`/projects/${projectId}`, ...options }),

    listApiKeys: (query, options) => ask({ path: '/api-keys', query, ...options }),
    createApiKey: (body, options) => ask({ method: 'POST', path: '/api-keys', body, ...options }),
    revokeApiKey: (keyId, options) => ask({ method: 'DELETE', path: at`/api-keys/${keyId}`, ...options }),
  }
}

/** A path with its parts encoded: a slash in an id does not lead elsewhere. */
function at(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return String.raw({ raw: texts }, ...parts.map(encodeURIComponent))
}
