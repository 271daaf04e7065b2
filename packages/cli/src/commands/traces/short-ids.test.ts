import { describe, expect, test } from 'vitest'
import { shortIds } from './short-ids.ts'

describe('shortIds', () => {
  test('are six characters where that is enough', () => {
    expect(shortIds(['a91f3c77e2', 'c41a0f0000'])).toEqual(['a91f3c', 'c41a0f'])
  })

  test('are as long as it takes to tell them apart', () => {
    expect(shortIds(['6923112fa1', '6923112fb1', '6923ffffff'])).toEqual(['6923112fa', '6923112fb', '6923ff'])
  })

  test('are whole where one is the start of another, and the same for the same', () => {
    expect(shortIds(['abcdefgh', 'abcdefghij', 'abcdefgh'])).toEqual(['abcdefgh', 'abcdefghi', 'abcdefgh'])
  })
})
