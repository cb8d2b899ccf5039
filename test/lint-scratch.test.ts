import { mkdirSync, readdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Finding } from '../src/base/index.ts'
import { type Ended, runFlatgate } from './support/real-process.ts'
import { useTempFolder } from './support/temp-folder.ts'

/** Keys of so many rows need more than the memory for them. */
const ROWS = 900_000

const temp = useTempFolder()

/** Lints the file with the real command; the system's folder for temporary files is one of the test's own. */
function lint(format: 'concise' | 'json'): Promise<Ended> {
  const words = ['lint', 'users.csv', '--select', 'K101,K102,K105', '--format', format]
  return runFlatgate(words, { folder: temp.path, env: { TMPDIR: temp.at('tmp') } })
}

beforeEach(() => {
  for (const name of ['tmp', 'scratch']) mkdirSync(temp.at(name))
  const rows = Array.from({ length: ROWS }, (_, row) => `u${row},u${row}@x\n`)
  // The last row repeats a login whose hash is on the disk by then.
  temp.write('users.csv', `Login,Email\n${rows.join('')}u5,last@x\n`)
})

describe('keys that do not fit into memory', () => {
  it('go to the scratch folder of the configuration, which is said, and nothing is left there', async () => {
    temp.write('flatgate.yaml', 'lint: { scratchFolder: scratch }\n')
    const { exit, out, err } = await lint('concise')
    expect(err).toMatch(
      /^info: users\.csv: the 32 MiB of memory for keys were used up; \d+ MiB went to a scratch file, which is gone again\n$/,
    )
    expect([exit, out]).toEqual([
      1,
      expect.stringMatching(/^users\.csv:900002:1: error K10[12] [^\n]*row 6\b[^\n]*\n$/),
    ])
    expect([readdirSync(temp.at('scratch')), readdirSync(temp.at('tmp'))]).toEqual([[], []])
  })

  it('are not looked for where that folder is missing, and the finding names the setting', async () => {
    temp.write('flatgate.yaml', 'lint: { scratchFolder: gone }\n')
    const { exit, out, err } = await lint('json')
    const [file] = (JSON.parse(out) as { files: { scratchBytes?: number; findings: Finding[] }[] }).files
    const told = file?.findings.filter(({ severity }) => severity === 'info') ?? []
    expect(new Set(told.map(({ hint }) => hint))).toEqual(
      new Set(['Make room in the scratch folder, or name another (`lint.scratchFolder`), and lint again.']),
    )
    const found = file?.findings.filter(({ severity }) => severity === 'error')
    expect(found?.map(({ at }) => at.row)).toEqual([900_001])
    expect([exit, err, file?.scratchBytes]).toEqual([1, '', undefined])
  })

  it('go to the folder for temporary files where nothing is configured', async () => {
    const { out, err } = await lint('json')
    const { files } = JSON.parse(out) as { files: { scratchBytes: number }[] }
    expect(files[0]?.scratchBytes).toBeGreaterThan(8 * ROWS)
    expect(err).toContain('went to a scratch file')
    expect(readdirSync(temp.at('tmp'))).toEqual([])
  })
})
