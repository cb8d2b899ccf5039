import { readdirSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const FLOWS = '  users: { object: users }\n  out: { object: suppliers, direction: export }\n'
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(['doctor', ...words], { folder: folder.path })

describe('flatgate doctor', () => {
  it('finds everything in order and leaves nothing on the server', async () => {
    gateway.configure(FLOWS)
    const { exit, out, err } = await run()
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    const text = out.join('\n')
    for (const name of [
      'configuration',
      'folders',
      'host key',
      'login',
      'folder of users',
      'folder of out',
      'no replacing',
      'clean-up',
      'clock',
    ])
      expect(text).toMatch(new RegExp(`^ok +${name}:`, 'm'))
    expect(readdirSync(folder.at('coupa/sftp/Incoming/Users'))).toEqual([])
  })

  it('prints JSON', async () => {
    gateway.configure(FLOWS)
    expect(jsonOf(await run('--json'))).toMatchObject({
      version: 1,
      checks: expect.arrayContaining([
        expect.objectContaining({ name: 'configuration', result: 'ok' }),
        expect.objectContaining({ name: 'host key', result: 'ok' }),
      ]),
    })
  })

  it('shows the host key to pin, asks for nothing more, and exits 2', async () => {
    const path = gateway.configure(FLOWS)
    const { readFileSync } = await import('node:fs')
    folder.write('flatgate.yaml', readFileSync(path, 'utf8').replace(/^ {2}hostKey.*\n/m, ''))
    const { exit, out } = await run()
    expect(exit).toBe(2)
    expect(out.join('\n')).toMatch(/FAILED +host key: .* is not pinned\n +→ compare it .*hostKey: "SHA256:/)
    expect(out.join('\n')).not.toMatch(/login/)
  })

  it.each([
    ['another host key', 'host key', 4],
    ['a wrong password', 'login', 4],
    ['a secret that is missing', 'login', 2],
    ['a flow that is not valid', 'configuration', 2],
    ['a folder that is not there', 'folder of users', 4],
  ])('finds %s and exits as its error says', async (what, name, code) => {
    const path = gateway.configure(
      what.startsWith('a flow')
        ? '  users: { object: usres }\n'
        : what.startsWith('a folder')
          ? '  users: { object: users, to: /Incoming/Usres }\n'
          : FLOWS,
    )
    const { readFileSync } = await import('node:fs')
    const text = readFileSync(path, 'utf8')
    if (what === 'another host key')
      folder.write('flatgate.yaml', text.replace(/SHA256:\S{43}/, `SHA256:${'A'.repeat(43)}`))
    if (what === 'a wrong password') folder.write('secret', 'hunter2', 0o600)
    if (what === 'a secret that is missing') folder.write('flatgate.yaml', text.replace('file:secret', 'env:NOWHERE'))
    const { exit, out, err } = await run()
    expect(exit).toBe(code)
    expect(out.join('\n')).toMatch(new RegExp(`^FAILED +${name}: .*\n +→ `, 'm'))
    expect([...out, ...err].join('\n')).not.toContain('hunter2')
  })

  it('names the folders that there are beside one that is not', async () => {
    gateway.configure('  users: { object: users, to: /Incoming/Usres }\n')
    expect((await run()).out.join('\n')).toMatch(/\/Incoming has: .*Users/)
  })

  it('remarks a secret that stands in the configuration', async () => {
    const path = gateway.configure(FLOWS)
    const { readFileSync } = await import('node:fs')
    folder.write(
      'flatgate.yaml',
      readFileSync(path, 'utf8').replace('${file:secret}', JSON.stringify(gateway.sandbox.password)),
    )
    const { exit, out } = await run()
    expect(exit).toBe(0)
    expect(out.join('\n')).toMatch(/note +secrets:/)
    expect(out.join('\n')).not.toContain(gateway.sandbox.password)
  })

  it('finds the archive of exports that is not there, and what to do about it', async () => {
    gateway.configure('  out: { object: suppliers, direction: export, after: archive, archive: /Nowhere }\n')
    const { exit, out } = await run()
    expect(exit).toBe(4)
    expect(out.join('\n')).toMatch(/^FAILED +archive of out: .*\/Nowhere.*\n +→ make the folder, or name another one/m)
  })

  it('asks the server nothing where the ledger cannot be used', async () => {
    gateway.configure(FLOWS)
    folder.write('.flatgate/ledger.sqlite', 'this is no ledger, whatever its name says; '.repeat(100))
    const { exit, out } = await run()
    expect(exit).toBe(4)
    expect(out.join('\n')).toMatch(/^FAILED +ledger: LEDGER_DAMAGED/m)
    expect(out.join('\n')).not.toMatch(/host key|login/)
  })

  it('says of a test instance that no host of production is named', async () => {
    gateway.configure(`${FLOWS}coupa: { instance: test }\n`)
    expect((await run()).out.join('\n')).toMatch(/^note +instance: .*\n +→ .*coupa.productionHosts/m)
  })

  it('begins nothing on the server once it is told to stop', async () => {
    gateway.configure(FLOWS)
    const { out } = await runCli(['doctor'], { folder: folder.path, stop: AbortSignal.abort() })
    expect(out.join('\n')).not.toMatch(/login/)
  })
})
