import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { createDiffWriter } from './diff-writer.ts'

type Change = readonly [before: string, after: string | undefined]

function diff(changes: readonly Change[]): string {
  let text = ''
  const writer = createDiffWriter({ before: 'a.csv', after: 'b.csv' }, (piece) => void (text += piece))
  for (const [before, after] of changes) {
    writer.take({ before: Buffer.from(before), after: after === undefined ? undefined : Buffer.from(after) })
  }
  writer.end()
  return text
}

const same = (...lines: readonly string[]): Change[] => lines.map((line) => [`${line}\n`, `${line}\n`])

describe('the unified diff', () => {
  it('is empty where nothing changes', () => {
    expect(diff(same('a', 'b'))).toBe('')
  })
  it('shows a change with three lines around it', () => {
    expect(diff([...same('1', '2', '3', '4'), ['x\n', 'y\n'], ...same('5', '6', '7', '8')])).toBe(
      '--- a.csv\n+++ b.csv\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-x\n+y\n 5\n 6\n 7\n',
    )
  })
  it('says where a line end is missing', () => {
    expect(diff([['x', 'x\n']])).toBe('--- a.csv\n+++ b.csv\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n')
  })
})

describe('the patch tool', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flatgate-diff-'))
  })
  afterAll(async () => rm(folder, { recursive: true }))

  it('makes the mended file of the old one', async () => {
    const line = fc.constantFrom('a\r\n', 'b\n', 'é\r\n', '"two\r\nlines"\r\n', '\r\n')
    const change: fc.Arbitrary<Change> = fc.oneof(
      { weight: 6, arbitrary: line.map((text): Change => [text, text]) },
      { weight: 1, arbitrary: fc.tuple(line, fc.option(line, { nil: undefined })) },
    )
    const path = join(folder, 'a.csv')
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 1500, size: 'max' }), fc.boolean(), async (changes, isCut) => {
        const all: Change[] = isCut ? [...changes, ['last', 'last\n']] : changes
        const patch = diff(all)
        if (patch === '') return
        await writeFile(path, all.map(([before]) => before).join(''))
        execFileSync('patch', ['--binary', '--fuzz=0', '--no-backup-if-mismatch', path], { input: patch })
        expect(await readFile(path, 'utf8')).toBe(all.map(([, after]) => after ?? '').join(''))
      }),
      { numRuns: 40 },
    )
  })
})
