import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'
import type { Finding } from '../../base/index.ts'
import { loadSchema, selectSchema } from '../../schema/index.ts'
import { createLinter } from '../linter.ts'
import type { ArchiveFacts } from '../rule.ts'
import { oddEntryName } from './odd-entry-name.ts'

const itemsContext = {
  schema: selectSchema(loadSchema('items', 'import')),
  fileName: undefined,
  purpose: 'upload',
  today: new Date('2026-11-20'),
} as const

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z107', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

function lintArchive(archive: ArchiveFacts): readonly Finding[] {
  const context = { ...itemsContext, archive }
  const linter = createLinter(context, { rules: [oddEntryName] })
  return linter.end().findings
}

describe('Z107 odd-entry-name', () => {
  it.each([
    ['../a.png', 'leaves the archive'],
    ['x/../../a.png', 'leaves the archive'],
    ['x\\..', 'leaves the archive'],
    ['/a.png', 'begins at the root of a disk'],
    ['C:a.png', 'begins at the root of a disk'],
    ['a\u202egnp.exe', 'holds a character that nobody sees'],
  ])('takes %j for dangerous', (name, fault) => {
    const archive = { bytes: 1, ownName: 'items.csv', entries: [{ name, sizeBytes: 1 }] }
    expect(lintArchive(archive)).toMatchObject([{ code: 'Z107', severity: 'error', value: name }])
    expect(lintArchive(archive)[0]?.message).toContain(fault)
  })
  it.each(['a?.png', 'con.pdf', 'x/NUL', 'x./a.png', 'a.png ', 'a|b'])('warns of %j', (name) => {
    const archive = { bytes: 1, ownName: 'items.csv', entries: [{ name, sizeBytes: 1 }] }
    expect(lintArchive(archive)).toMatchObject([{ severity: 'warning', value: name }])
  })
  it('is silent on other names', () => {
    expect(find('items.csv,Übersicht 2026.pdf,contract.pdf,a..b.pdf,x/y.z/a.pdf,console/a.pdf')).toEqual([])
  })
})
