import { describe } from 'vitest'
import { accessContract } from './access.ts'
import { analyticsContract } from './analytics.ts'
import { bodiesContract } from './bodies.ts'
import { changesContract } from './changes.ts'
import { deletionContract } from './deletion.ts'
import { extremesContract } from './extremes.ts'
import { failuresContract } from './failures.ts'
import { idleContract } from './idle.ts'
import { isolationContract } from './isolation.ts'
import { keyEnvironmentsContract } from './key-environments.ts'
import { lateParentsContract } from './late-parents.ts'
import { listsContract } from './lists.ts'
import { logChangesContract } from './log-changes.ts'
import { logEvaluationsContract } from './log-evaluations.ts'
import { logFillsContract } from './log-fills.ts'
import { logStandInsContract } from './log-stand-ins.ts'
import { orderContract } from './order.ts'
import { pagingContract } from './paging.ts'
import type { OpenStore } from './read-whole.ts'
import { repetitionContract } from './repetition.ts'
import { replacementContract } from './replacement.ts'
import { rollupsContract } from './rollups.ts'
import { routingContract } from './routing.ts'
import { scoresContract } from './scores.ts'
import { skeletonContract } from './skeleton.ts'

/**
 * What every store must do, run by each adapter's tests.
 * @param open a fresh, empty store; whatever its clock says. Each test closes what it opens.
 */
export function storeContract(name: string, open: OpenStore): void {
  describe(`${name}: the contract of stores`, () => {
    repetitionContract(open)
    orderContract(open)
    replacementContract(open)
    lateParentsContract(open)
    listsContract(open)
    pagingContract(open)
    skeletonContract(open)
    bodiesContract(open)
    extremesContract(open)
    rollupsContract(open)
    analyticsContract(open)
    failuresContract(open)
    idleContract(open)
    deletionContract(open)
    isolationContract(open)
    keyEnvironmentsContract(open)
    routingContract(open)
    accessContract(open)
    scoresContract(open)
    changesContract(open)
    logFillsContract(open)
    logEvaluationsContract(open)
    logStandInsContract(open)
    logChangesContract(open)
  })
}
