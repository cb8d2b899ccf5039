import { describe, expect, it } from '@jest/globals'
import { fileRecord, partRecord, RECORDED_AT } from '../../test/support/ledger-records.ts'
import type { HoldEvidence } from '../app/index.ts'
import { decisionWords } from './decision-words.ts'

const part = partRecord('a', 1, { name: 'users_1.csv', state: 'held' })
const PART: HoldEvidence = {
  kind: 'part',
  flow: 'users',
  name: part.name,
  reason: 'the link broke',
  file: fileRecord('a', { state: 'held' }),
  part,
  parts: [part],
  steps: [],
  newer: [],
  server: { looked: true, at: RECORDED_AT, places: [] },
  behind: [],
}
const seen = (...places: Extract<HoldEvidence['server'], { looked: true }>['places']): HoldEvidence['server'] => ({
  looked: true,
  at: RECORDED_AT,
  places,
})
const ours = { sizeBytes: 6, isOurs: true }
const foreign = { sizeBytes: 7, isOurs: false }

describe('what a decision about a part will do', () => {
  it('is nothing but a note where it lies on the server after all, whichever is decided', () => {
    const { release, drop } = decisionWords({
      ...PART,
      server: seen({ path: '/Incoming/Users/users_1.csv', role: 'folder', found: ours }),
      behind: [partRecord('b', 1), partRecord('b', 2)],
    })
    expect(release).toBe(
      'nothing is sent: it is written down as placed, for it lies at /Incoming/Users/users_1.csv; the 2 behind it go on',
    )
    expect(drop).toBe(release)
  })

  it('is told by what lies under its name, not by what lies under the temporary one', () => {
    const staged = { path: '/Incoming/Users/users_1.csv.part', role: 'staging' as const, found: ours }
    expect(decisionWords({ ...PART, server: seen(staged) }).release).toMatch(/^it is sent again as users_1\.csv/)
    const another = { path: '/Archive/users_1.csv', role: 'archive' as const, found: foreign }
    const { release, drop } = decisionWords({ ...PART, server: seen(staged, another) })
    expect(release).toMatch(/^is refused: another file lies at \/Archive\/users_1\.csv/)
    expect(drop).toMatch(/left alone$/)
  })

  it('leaves open what the server will show where nobody could look', () => {
    const { release, drop } = decisionWords({ ...PART, server: { looked: false, why: 'no network' } })
    for (const words of [release, drop])
      expect(words).toMatch(/^the server is looked at first; where it is there after all/)
  })
})

describe('what a decision about a whole file will do', () => {
  const { part: _none, ...rest } = PART
  const FILE: HoldEvidence = { ...rest, kind: 'file', parts: [] }

  it('is to judge it anew, or for a repeat to send it behind what is newer', () => {
    expect(decisionWords(FILE).release).toMatch(/judge it anew/)
    const newer = [fileRecord('b'), fileRecord('c')]
    expect(decisionWords({ ...FILE, earlier: fileRecord('0'), newer }).release).toMatch(
      /behind b\.csv, c\.csv: .*the last$/,
    )
    expect(decisionWords({ ...FILE, earlier: fileRecord('0') }).release).toBe(
      'it is checked and sent with the next pass',
    )
  })

  it('is for an export to publish it as it is, where the server still has that one', () => {
    const EXPORT: HoldEvidence = { ...FILE, kind: 'export' }
    const place = { path: '/Outgoing/Users/a.csv', role: 'folder' as const }
    expect(decisionWords({ ...EXPORT, server: seen({ ...place, found: ours }) }).release).toMatch(/published as it is/)
    expect(decisionWords({ ...EXPORT, server: seen(place) }).release).toMatch(/refused: the server has it no more/)
    expect(decisionWords({ ...EXPORT, server: seen({ ...place, found: foreign }) }).release).toMatch(/another file/)
  })
})
