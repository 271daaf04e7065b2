import type { ProjectId } from '@tracellm/core'
import type { Scope } from '@tracellm/store'

/** One request to an ingest path, as it is remembered: never its contents. */
export interface RecentRequest {
  /** Of the key it came with. */
  readonly projectId: ProjectId | undefined
  readonly atUs: number
  readonly method: string
  readonly path: string
  /** The `User-Agent`, at most 200 characters. */
  readonly client: string | undefined
  /** `protobuf` or `json`, with the compression, as `protobuf gzip`. */
  readonly encoding: string | undefined
  readonly bytes: number
  readonly status: number
  readonly spans: number
  /** Why it was refused, as it is counted. */
  readonly reason: string | undefined
  /** What was left out of it while it was taken. */
  readonly rejections: readonly { readonly reason: string; readonly count: number }[]
  /** What went wrong and what to do, in words; of every request that was refused. */
  readonly advice: string | undefined
}

/** The newest requests to ingest paths, which answer "why does my trace not appear?". */
export class RecentRequests {
  readonly #limit: number
  #requests: RecentRequest[] = []

  constructor(limit = 200) {
    this.#limit = limit
  }

  add(request: RecentRequest): void {
    this.#requests.push({
      ...request,
      method: request.method.slice(0, 20),
      path: request.path.slice(0, 200),
      client: request.client?.slice(0, 200),
      encoding: request.encoding?.slice(0, 60),
    })
    // Cut now and then instead of at every request.
    if (this.#requests.length > 2 * this.#limit) this.#requests = this.#requests.slice(-this.#limit)
  }

  /** Newest first. A scope that names a project gets what came with a key of that project. */
  list(scope: Scope): RecentRequest[] {
    const newest = this.#requests.slice(-this.#limit).toReversed()
    return scope.projectId === undefined ? newest : newest.filter((request) => request.projectId === scope.projectId)
  }
}
