import type { ProjectId } from '@tracellm/core'
import type { Scope } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import { chooseScope } from './choose-scope.ts'

const shop = 'shop' as ProjectId
const bank = 'bank' as ProjectId
const known = [shop, bank].map((projectId) => ({ projectId, name: projectId, createdUs: 1 }))
const store = {
  listProjects: async (scope: Scope) => known.filter((project) => project.projectId === scope.projectId),
}
const identityOf = (scope: Scope) => ({ scope, scopes: new Set<never>(), keyed: true })

describe('chooseScope', () => {
  test('is the scope of the caller where no project is named', async () => {
    expect(await chooseScope(identityOf({}), undefined, store)).toEqual({})
    expect(await chooseScope(identityOf({ projectId: shop }), undefined, store)).toEqual({ projectId: shop })
  })

  test('narrows to the project named', async () => {
    expect(await chooseScope(identityOf({}), bank, store)).toEqual({ projectId: bank })
    expect(await chooseScope(identityOf({ projectId: shop, environment: 'prod' }), shop, store)).toEqual({
      projectId: shop,
      environment: 'prod',
    })
  })

  test('never widens: to a key, another project is as unknown as none', async () => {
    const errors = await Promise.all(
      [bank, 'nowhere' as ProjectId].map((name) =>
        chooseScope(identityOf({ projectId: shop }), name, store).catch(String),
      ),
    )
    expect(errors).toEqual([
      'TraceLLMError: Project not found: there is no project bank here',
      'TraceLLMError: Project not found: there is no project nowhere here',
    ])
    await expect(chooseScope(identityOf({}), 'nowhere' as ProjectId, store)).rejects.toMatchObject({
      code: 'TL_PROJECT_NOT_FOUND',
    })
  })
})
