import type { ErrorCode } from '@tracellm/core'
import type { ProblemJson } from '@tracellm/core/wire'

/** What a server answered in place of what was asked for, or that none answered. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  /** Of `errorTable`, or a newer one: a server may be younger than its client. */
  readonly code: string
  readonly title: string
  /** What and where, for a person. */
  readonly detail: string
  /** What to do about it. */
  readonly fix: string | undefined
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number
  /** The problem document, with facts for programs such as `project_ids`. */
  readonly problem: ProblemJson

  constructor(problem: ProblemJson, options: ErrorOptions = {}) {
    super(`${problem.title}: ${problem.detail}`, options)
    this.code = problem.code
    this.title = problem.title
    this.detail = problem.detail
    this.fix = problem.fix
    this.status = problem.status
    this.problem = problem
  }
}

/** Whether an error, of a client or of this process, has this code. */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** The error that an answer without success stands for. Reads its body. */
export async function errorOfResponse(response: Response, address: string): Promise<ClientError> {
  const problem = parseProblem(await response.text())
  if (problem !== undefined) return new ClientError(problem)
  return new ClientError({
    type: 'about:blank',
    code: 'TL_SERVER_UNREACHABLE' satisfies ErrorCode,
    title: 'No TraceLLM server answered',
    status: response.status,
    detail: `${address} answered ${response.status} without saying why, so it may be another program`,
    fix: 'Check the address, and start a server with `tracellm start`.',
  })
}

/** The error for a request that nobody answered. */
export function unreachable(address: string, cause: unknown): ClientError {
  return new ClientError(
    {
      type: 'about:blank',
      code: 'TL_SERVER_UNREACHABLE' satisfies ErrorCode,
      title: 'The server does not answer',
      status: 0,
      detail: `Nothing answers at ${address}`,
      fix: 'Start it with `tracellm start`.',
    },
    { cause },
  )
}

function parseProblem(text: string): ProblemJson | undefined {
  try {
    const value: Partial<ProblemJson> | null = JSON.parse(text)
    return typeof value?.code === 'string' && typeof value.detail === 'string' ? (value as ProblemJson) : undefined
  } catch {
    return undefined
  }
}
