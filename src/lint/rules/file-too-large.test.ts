import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F302 file-too-large', () => {
  const header = usersFile(ANN)
  const ofBytes = (bytes: number): string => header + '\n'.repeat(bytes - header.length)

  it('fires one byte above the limit', () => {
    expect(findingsOf('F302', ofBytes(8_000_001))).toMatchObject([
      { message: 'the file has 8,000,001 bytes; Coupa takes 8,000,000' },
    ])
    expect(findingsOf('F302', ofBytes(8_000_000))).toEqual([])
  })
  it('is silent where flatgate splits the file', () => {
    expect(findingsOf('F302', ofBytes(8_000_001), { purpose: 'delivery' })).toEqual([])
  })
})
