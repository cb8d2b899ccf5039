import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli, type CliResult } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { startSandbox } from '../../sandbox/index.ts'

const folder = useTempFolder()

/** Runs the sandbox until it has told its address. */
async function runUntilTold(words: readonly string[], env: Record<string, string> = {}): Promise<CliResult> {
  const stop = new AbortController()
  return runCli(['sandbox', '--port', '0', ...words], {
    folder: folder.path,
    env,
    stop: stop.signal,
    onOut: (text) => {
      if (/hostKey/.test(text)) stop.abort()
    },
  })
}

describe('flatgate sandbox', () => {
  it('tells its address as one line of JSON, and ends with 0 when it is stopped', async () => {
    const result = await runUntilTold(['--json'])
    expect(result.exit).toBe(0)
    expect(result.out).toHaveLength(1)
    expect(jsonOf(result)).toMatchObject({
      version: 1,
      host: '127.0.0.1',
      port: expect.any(Number),
      username: 'coupa',
      password: expect.stringMatching(/^.{20,}$/),
      hostKey: expect.stringMatching(/^SHA256:/),
      folder: folder.at('sandbox'),
    })
  })

  it('tells what to write into the configuration', async () => {
    const { out } = await runUntilTold(['--username', 'acme'], { FLATGATE_SANDBOX_PASSWORD: 'hunter2' })
    expect(out).toEqual(
      expect.arrayContaining(['server:', '  username: acme', '  password: ${env:COUPA_SFTP_PASSWORD}']),
    )
    expect(out.join('\n')).not.toContain('hunter2')
  })

  it('exits 2 when the port is taken', async () => {
    const other = await startSandbox({ folder: folder.at('other') })
    try {
      const { exit, out, err } = await runCli(['sandbox', '--port', String(other.port)], { folder: folder.path })
      expect({ exit, out }).toEqual({ exit: 2, out: [] })
      expect(err.join('\n')).toMatch(/SANDBOX_PORT.*\n {2}→ name another port/)
    } finally {
      await other.close()
    }
  })

  it('puts an export where clients find it', async () => {
    const told = await runCli(['sandbox', 'export', 'suppliers', '--rows', '2', '--json'], { folder: folder.path })
    const { path } = jsonOf(told) as { path: string }
    expect(path).toMatch(/^\/Outgoing\/Suppliers\/.*\.csv$/)
    expect(existsSync(folder.at('sandbox/sftp', path))).toBe(true)
    await runCli(['sandbox', 'export', 'suppliers', '--zip'], { folder: folder.path })
    expect(readdirSync(folder.at('sandbox/sftp/Outgoing/Suppliers')).some((name) => name.endsWith('.zip'))).toBe(true)
  })

  it('exits 2 for an object that has no export', async () => {
    const { exit, err } = await runCli(['sandbox', 'export', 'nothing'], { folder: folder.path })
    expect(exit).toBe(2)
    expect(err[0]).toMatch(/SCHEMA_UNKNOWN/)
  })
})
