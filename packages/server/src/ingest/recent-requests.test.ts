import type { ProjectId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { RecentRequests } from './recent-requests.ts'

const request = {
  projectId: undefined,
  atUs: 1,
  method: 'POST',
  path: '/v1/traces',
  client: 'x'.repeat(5000),
  encoding: 'json',
  bytes: 2,
  status: 200,
  spans: 0,
  reason: undefined,
  rejections: [],
  advice: undefined,
}

describe('RecentRequests', () => {
  test('lists the newest first and forgets the oldest', () => {
    const recent = new RecentRequests(3)
    for (let atUs = 1; atUs <= 20; atUs += 1) recent.add({ ...request, atUs })
    expect(recent.list({}).map((one) => one.atUs)).toEqual([20, 19, 18])
  })

  test('shows a project what came with its keys', () => {
    const recent = new RecentRequests()
    recent.add(request)
    recent.add({ ...request, projectId: 'mine' as ProjectId, atUs: 2 })
    expect(recent.list({ projectId: 'mine' as ProjectId }).map((one) => one.atUs)).toEqual([2])
    expect(recent.list({ projectId: 'theirs' as ProjectId })).toEqual([])
  })

  test('cuts what a client can make long', () => {
    const recent = new RecentRequests()
    recent.add(request)
    expect(recent.list({})[0]?.client).toHaveLength(200)
  })
})
