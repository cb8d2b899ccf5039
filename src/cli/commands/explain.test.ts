import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'

const run = (...words: string[]): ReturnType<typeof runCli> => runCli(['explain', ...words], { folder: '/' })

describe('flatgate explain', () => {
  it.each(['C405', 'c405', 'value-not-allowed'])('prints the page of %s with its source', async (word) => {
    const { exit, out, err } = await run(word)
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out[0]).toBe('# C405 value-not-allowed')
    expect(out).toContain('## Source')
  })

  it.each(['TRANSFER_HOST_KEY', 'transfer_host_key'])('explains the error %s', async (word) => {
    const { exit, out } = await run(word)
    expect(exit).toBe(0)
    expect(out.join('\n')).toMatch(/^TRANSFER_HOST_KEY\n[^]*What to do: .*\n[^]*Exit code: 4/)
  })

  it('prints JSON of both', async () => {
    expect(jsonOf(await run('C405', '--json'))).toMatchObject({
      version: 1,
      code: 'C405',
      name: 'value-not-allowed',
      severity: 'error',
    })
    expect(jsonOf(await run('USAGE', '--json'))).toMatchObject({ version: 1, code: 'USAGE', exit: 2, retry: 'never' })
  })

  it.each([
    ['C499', /C405 value-not-allowed/],
    ['value-not-alowed', /value-not-allowed/],
    ['TRANSFER_HOSTKEY', /TRANSFER_HOST_KEY/],
    ['LEDGER', /nearest=LEDGER_\w+, LEDGER_/],
  ])('answers %s with the nearest codes', async (word, near) => {
    const { exit, out, err } = await run(word)
    expect({ exit, out }).toEqual({ exit: 2, out: [] })
    expect(err.join('\n')).toMatch(near)
  })

  it('names no other code where none is near', async () => {
    for (const word of ['C9999', 'NOPE']) expect((await run(word)).err.join('\n')).not.toContain('nearest')
  })
})
