import { dirname } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { systemClock } from '../base/index.ts'
import { PLAIN_INSTANCE } from './config/schema-for.ts'
import { findInputs } from './lint-inputs.ts'
import { lintRun } from './lint-run.ts'

const folder = useTempFolder()

/** Lints files as one run; `object/name: code row value` of the findings of one rule. */
async function run(files: Readonly<Record<string, readonly string[]>>, code = 'X401'): Promise<readonly string[]> {
  const paths = Object.entries(files).map(([name, lines]) =>
    folder.write(
      name,
      lines
        .map(
          (line) => `${line}
`,
        )
        .join(''),
    ),
  )
  const inputs = await findInputs(Object.keys(files), { folder: dirname(paths[0] ?? ''), standardInput: noInput() })
  const found: string[] = []
  for await (const outcome of lintRun({ inputs, config: PLAIN_INSTANCE, clock: systemClock, select: [code] })) {
    if ('error' in outcome) throw outcome.error
    for (const { at, value } of outcome.report.findings) found.push(`${outcome.subject.path}: row ${at.row} ${value}`)
  }
  return found
}

async function* noInput(): AsyncGenerator<Uint8Array> {
  // Nothing comes.
}

describe('names between the files of a run', () => {
  it('are looked up in the order of loading, whatever the order of the files', async () => {
    const found = await run({
      'users_1.csv': ['"Login","Department"', '"ann","Sales"', '"bob","Slaes"'],
      'departments_1.csv': ['"Name"', '"Sales"'],
    })
    expect(found).toEqual(['users_1.csv: row 2 Slaes'])
  })
  it('are looked up in all files of an object', async () => {
    const found = await run({
      'departments_1.csv': ['"Name"', '"Sales"'],
      'departments_2.csv': ['"Name"', '"Legal"'],
      'users_1.csv': ['"Login","Department"', '"ann","Legal"', '"bob","Sales"', '"cid","Board"'],
    })
    expect(found).toEqual(['users_1.csv: row 3 Board'])
  })
  it('are known to files that name each other in a ring, and to several files of one object', async () => {
    const found = await run({
      'users_1.csv': ['"Login","Approver Login"', '"ann","zoe"', '"bob","zoo"'],
      'users_2.csv': ['"Login","Approver Login"', '"zoe","ann"', '"yan","bob"'],
    })
    expect(found).toEqual(['users_1.csv: row 2 zoo'])
  })
  it('are not known of a file that is no text in the dialect of Coupa', async () => {
    const found = await run({
      'departments_1.csv': ['Name;Active', 'Sales;Yes'],
      'users_1.csv': ['"Login","Department"', '"ann","Legal"'],
    })
    expect(found).toEqual([])
  })
  it('are told when their record is made inactive', async () => {
    const files = {
      'departments_1.csv': ['"Name","Active"', '"Sales","No"'],
      'users_1.csv': ['"Login","Department"', '"ann","Sales"'],
    }
    expect(await run(files, 'X402')).toEqual(['users_1.csv: row 1 Sales'])
  })
})
