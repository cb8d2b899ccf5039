import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { loadSchema } from '../schema/index.ts'
import { incomingFolders } from './coupa-tree.ts'
import { loadFile } from './load-file.ts'
import { createRecordStore } from './record-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-load-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// Objects of one folder are told apart by their headers, so each is tried among its neighbours.
const everyObject = incomingFolders().flatMap(({ objects }) => objects.map((object) => [object, objects] as const))

it.each(everyObject)('loads %s from a file with all its columns', async (object, objects) => {
  const [main] = loadSchema(object, 'import').records
  const columns = main?.columns.filter(({ isAssignedByCoupa }) => !isAssignedByCoupa) ?? []
  const type = main?.discriminator?.column
  const cells = columns.map(({ name }) => (name === type ? (main?.discriminator?.value ?? name) : `${name} 1`))
  const rows = [columns.map(({ name }) => name), cells]
  const file = join(folder, 'a.csv')
  writeFileSync(file, rows.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`).join(''))

  const store = createRecordStore(join(folder, 'records'))
  const load = await loadFile(file, 'a.csv', { objects, customFields: {}, store })
  expect([load.uploadErrors, load.recordsCreated]).toEqual([[], 1])
  expect(store.table(object, main?.name ?? '').records()).toHaveLength(1)
})
