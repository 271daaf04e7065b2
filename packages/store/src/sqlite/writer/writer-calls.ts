import type { Score } from '@tracellm/core'
import type { ApiKey, Project, Scope } from '../../port/queries.ts'
import type { Handlers } from '../../thread/index.ts'
import { createApiKey, revokeApiKey, touchApiKey } from './key-rows.ts'
import { writeScore } from './score-rows.ts'
import { sweepIdle } from './sweep-idle.ts'
import type { Writer } from './writer.ts'

/** What the writer does besides taking in spans; each call is one transaction. */
export interface WriterCalls {
  writeScore(scope: Scope, score: Score): void
  createProject(project: Project): void
  createApiKey(key: ApiKey): void
  revokeApiKey(scope: Scope, keyId: string, revokedUs: number): void
  touchApiKey(keyId: string, usedUs: number): void
  sweepIdle(nowUs: number): void
}

/** @param writer asked for with each call */
export function writerCalls(writer: () => Writer): Handlers<WriterCalls> {
  return {
    writeScore: (scope, score) => writer().run((parts) => writeScore(parts, scope, score)),
    createProject: (project) => writer().run(({ memory }) => void memory.projects.create(project)),
    createApiKey: (key) => writer().run(({ database }) => createApiKey(database, key)),
    revokeApiKey: (scope, keyId, us) => writer().run(({ database }) => revokeApiKey(database, scope, keyId, us)),
    touchApiKey: (keyId, usedUs) => writer().run(({ database }) => touchApiKey(database, keyId, usedUs)),
    sweepIdle: (nowUs) => writer().run(sweepIdle, nowUs),
  }
}
