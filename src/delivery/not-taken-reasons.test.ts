import { describe, expect, it } from '@jest/globals'
import type { NotTakenFacts } from './not-taken-facts.ts'
import { weighNotTakenReasons } from './not-taken-reasons.ts'

const FACTS: NotTakenFacts = {
  partName: 'users_20261120_040000Z_0001.csv',
  remoteFolder: '/Incoming/Users',
  prefix: 'users',
  documentedPrefix: 'users',
  likeFolders: [],
  archived: { files: 0, newerThanPart: undefined },
  takenSince: { here: [], elsewhere: [] },
  waitingElsewhere: [],
}
const ELSEWHERE = { here: [], elsewhere: ['/Incoming/Items/items_1.csv'] }
const HERE = { here: ['/Incoming/Users/users_2.csv'], elsewhere: [] }

const reasons = (more: Partial<NotTakenFacts>): readonly string[] =>
  weighNotTakenReasons({ ...FACTS, ...more }).map(({ text }) => text)

describe('why a file may not have been taken', () => {
  it('is a standstill as far as anybody can tell when nothing else was sent', () => {
    expect(reasons({})).toEqual([expect.stringMatching(/nothing at all at the moment: nothing else was sent/)])
  })

  it('is a standstill first when other folders wait too', () => {
    const [first] = reasons({ waitingElsewhere: ['/Incoming/Items'], likeFolders: [{ path: '/x', archived: 0 }] })
    expect(first).toMatch(/nothing at all at the moment: files wait in \/Incoming\/Items too/)
  })

  it.each([
    [0, /nothing was ever taken from \/Incoming\/Users/],
    [7, /its archive holds 7 files, so that it was collected before/],
  ])('is an object that is not enabled when others were taken meanwhile (%i in the archive)', (files, evidence) => {
    const found = reasons({ takenSince: ELSEWHERE, archived: { files, newerThanPart: undefined } })
    expect(found).toEqual([expect.stringMatching(/^The object may not be enabled .*items_1\.csv was taken meanwhile/)])
    expect(found[0]).toMatch(evidence)
  })

  it('is first of all the spelling when a folder of nearly the same name is collected', () => {
    const likeFolders = [{ path: '/Incoming/User', archived: 3 }]
    expect(reasons({ likeFolders, takenSince: ELSEWHERE })).toEqual([
      expect.stringMatching(/^Coupa may collect from \/Incoming\/User instead .* its archive holds 3 files/),
      expect.stringMatching(/^The object may not be enabled/),
    ])
  })

  it('is never the folder when a later file of it was taken', () => {
    const found = reasons({ takenSince: HERE, likeFolders: [{ path: '/Incoming/User', archived: 3 }] })
    expect(found).toEqual([expect.stringMatching(/^Coupa may pass the name over.*users_2\.csv, placed later/)])
  })

  it('is the name when it ends in nothing that Coupa documents, or begins otherwise', () => {
    expect(reasons({ partName: 'users_1.csv.part' })[0]).toMatch(/ends neither in \.csv nor in \.zip/)
    expect(reasons({ prefix: 'hr' })).toContainEqual(expect.stringMatching(/begins with hr, and Coupa documents users/))
  })

  it('is what the archive shows where the ledger knows nothing', () => {
    const archived = { files: 2, newerThanPart: 'users_other.csv' }
    expect(reasons({ archived })[0]).toMatch(/users_other\.csv, placed later in the same folder, was taken/)
  })

  it('is said with "may", whatever speaks for it', () => {
    const all = reasons({
      takenSince: ELSEWHERE,
      likeFolders: [{ path: '/y', archived: 1 }],
      prefix: 'x',
      partName: 'x',
    })
    expect(all).toHaveLength(4)
    for (const text of all) expect(text).toContain(' may ')
  })
})
