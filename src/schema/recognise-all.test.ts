import { describe, expect, it } from '@jest/globals'
import type { Direction } from './definition.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'
import { type Recognisable, recognise } from './recognise.ts'
import type { SchemaSummary } from './schema-summary.ts'
import { selectSchema } from './select-schema.ts'
import { templateRows } from './template-rows.ts'

const local = (direction: Direction): string => (direction === 'import' ? 'inbound' : 'outbound')

/** Objects in one direction that the evidence is taken for; several where nobody guesses. */
function takenFor(evidence: Recognisable): readonly string[] {
  const found = recognise(evidence)
  if (found.kind === 'none') return []
  const candidates = found.kind === 'one' ? [found] : found.candidates
  return candidates.map(({ object, direction }) => `${object} ${direction}`)
}

/** Header rows of the files of an object as its template prints them. */
function headersOf({ object, direction }: SchemaSummary): readonly (readonly string[])[] {
  return templateRows(selectSchema(loadSchema(object, direction))).map(({ header }) => header)
}

describe.each(listSchemas())('a file of $object $direction', (summary) => {
  const { object, direction, folder, filePrefix } = summary
  const self = `${object} ${direction}`

  it('is known by the local folder of the object, whatever else it shows', () => {
    expect(takenFor({ path: `${local(direction)}/${object}/x.csv` })).toEqual([self])
    for (const header of headersOf(summary)) {
      expect(takenFor({ path: `${local(direction)}/${object}/x.csv`, header })).toEqual([self])
    }
  })

  it('is among those of its folder at Coupa', () => {
    if (folder !== undefined) expect(takenFor({ path: `${folder}/x.csv` })).toContain(self)
  })

  it('is among those of its file prefix', () => {
    const path = `${local(direction)}/hr/${filePrefix}_20261120_040000Z_0001.csv`
    expect(takenFor({ path })).toContain(self)
  })

  it('is taken for no other object where its header row decides', () => {
    const [header] = headersOf(summary)
    if (header === undefined) return
    const taken = takenFor({ header, direction })
    expect(taken.length === 1 ? taken : [self]).toEqual([self])
  })

  it('is known by folder and header together, or left open', () => {
    const [header] = headersOf(summary)
    if (header === undefined || folder === undefined) return
    const taken = takenFor({ path: `${folder}/x.csv`, header })
    expect(taken).toContain(self)
  })
})
