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
  for (const file of [
    'users_201126040000.csv',
    'users_20112026.csv',
    'users_20-11-2026_0400.csv',
    'HR_31.12.2026.csv',
  ]) {
    it(`notes that the stamp of ${file} begins with the day`, () => {
      expect(findingsOf('F303', usersFile(ANN), { file })).toMatchObject([{ severity: 'info', value: file }])
    })
  }
  for (const file of [
    'users_20261120_040000Z.csv',
    'users_202611200400.csv',
    'users_2026-11-20.csv',
    'a_451126040000.csv',
  ]) {
    it(`is silent on ${file}`, () => expect(findingsOf('F303', usersFile(ANN), { file })).toEqual([]))
  }
  it('names the pattern that sorts in load order', () => {
    expect(findingsOf('F303', usersFile(ANN), { file: 'users.txt' })[0]?.hint).toContain('users_<YYYYMMDD_HHMMSSZ>.csv')
  })
  it('is silent where flatgate names the file', () => {
    expect(findingsOf('F303', usersFile(ANN), { file: 'users.txt', purpose: 'delivery' })).toEqual([])
  })
})
