import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F303 file-name', () => {
  for (const file of ['users.txt', 'users', 'users.csv.bak', '.users.csv', 'us\u200Bers.csv']) {
    it(`fires on ${JSON.stringify(file)}`, () => {
      expect(findingsOf('F303', usersFile(ANN), { file })).toMatchObject([{ severity: 'warning', value: file, at: {} }])
    })
  }
  for (const file of ['users.csv', 'HR export 2026.CSV', 'Übersicht.csv']) {
    it(`is silent on ${file}`, () => expect(findingsOf('F303', usersFile(ANN), { file })).toEqual([]))
  }
  it('names the pattern that sorts in load order', () => {
    expect(findingsOf('F303', usersFile(ANN), { file: 'users.txt' })[0]?.hint).toContain('users_<YYYYMMDD_HHMMSSZ>.csv')
  })
  it('is silent where flatgate names the file', () => {
    expect(findingsOf('F303', usersFile(ANN), { file: 'users.txt', purpose: 'delivery' })).toEqual([])
  })
})
