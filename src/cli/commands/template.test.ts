import { describe, expect, it } from '@jest/globals'
import { runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { listSchemas } from '../../schema/index.ts'

const folder = useTempFolder()
const run = (words: readonly string[], input = ''): ReturnType<typeof runCli> =>
  runCli(words, { folder: folder.path, input })

const imports = listSchemas().flatMap(({ object, direction }) => (direction === 'import' ? [object] : []))

describe('flatgate template', () => {
  it.each(imports)('%s is a file that flatgate lint has no error in', async (object) => {
    const { exit, out } = await run(['template', object])
    expect(exit).toBe(0)
    const linted = await run(['lint', '-', '--object', object], `${out.join('\n')}\n`)
    expect([linted.exit, linted.exit === 0 ? [] : linted.out]).toEqual([0, []])
  })

  it('gives a record type that is a file of its own by its name', async () => {
    const { exit, out } = await run(['template', 'accounts', '--record', 'account group', '--header-only'])
    expect([exit, out.length]).toEqual([0, 1])
    expect(out[0]).toContain('"Segment 1 Operator"')
  })

  it('names the record types where there is no such', async () => {
    const { exit, err } = await run(['template', 'accounts', '--record', 'Row'])
    expect([exit, err.join(' ')]).toEqual([2, expect.stringContaining('Account, Account Group')])
  })

  it('says that nothing is known of an object but custom fields', async () => {
    const { exit, err } = await run(['template', 'exchange-rates', '--direction', 'export'])
    expect([exit, err.join(' ')]).toEqual([2, expect.stringContaining('custom fields')])
  })
})
