import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { loadConfig } from '../config/load-config.ts'
import { resolveFlows } from '../config/resolve-flows.ts'
import type { DoctorCheck } from './doctor-check.ts'
import { examineFolders } from './examine-folders.ts'

const folder = useTempFolder()

/** @param shares Which folders lie on a share. */
async function examine(shares: Readonly<Record<string, string>>): Promise<readonly DoctorCheck[]> {
  const flows = 'flows:\n  users: { object: users }\n  out: { object: suppliers, direction: export }\n'
  const loaded = loadConfig(folder.write('flatgate.yaml', flows))
  const found = async (path: string): Promise<string | undefined> => shares[path.slice(folder.path.length + 1)]
  const checks: DoctorCheck[] = []
  for await (const check of examineFolders(loaded, resolveFlows(loaded), found)) checks.push(check)
  return checks
}

describe('examineFolders', () => {
  it('has nothing to say of folders on a disk of this machine', async () => {
    expect(await examine({})).toEqual([{ name: 'folders', result: 'ok', detail: '3 folders can be written' }])
  })

  it('notes a drop folder and a target folder on a share', async () => {
    const checks = await examine({ 'inbound/users': 'CIFS', 'outbound/suppliers': 'NFS' })
    expect(checks.slice(1).map(({ result, detail }) => [result, detail])).toEqual([
      ['note', `${folder.at('inbound/users')} lies on a network share (CIFS)`],
      ['note', `${folder.at('outbound/suppliers')} lies on a network share (NFS)`],
    ])
  })

  it('warns of a ledger on a share, which may damage it, and says where it belongs', async () => {
    const [, state] = await examine({ '.flatgate': 'NFS' })
    expect(state).toMatchObject({ name: 'state folder', result: 'note', next: expect.stringMatching(/folders\.state/) })
    expect(state?.detail).toMatch(/NFS.*shared memory.*damaged/)
  })

  it('goes no further where a folder cannot be made', async () => {
    folder.write('inbound', 'a file has the name')
    const checks = await examine({ '.flatgate': 'NFS' })
    expect(checks.map(({ name, result }) => ({ name, result }))).toEqual([{ name: 'folders', result: 'failed' }])
  })
})
