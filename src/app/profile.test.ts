import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { loadConfig } from './config/load-config.ts'
import { resolveFlows } from './config/resolve-flows.ts'
import { findProfileFolder, type Profile, readProfile, writeProfile } from './profile.ts'

const folder = useTempFolder()

const PROFILE: Profile = {
  version: 1,
  server: 'sftp://u@h:22',
  probedAt: '2026-11-20T04:00:00.000Z',
  folders: [
    { object: 'commodities', direction: 'import', folder: '/Incoming/Commodities', archives: [] },
    { object: 'users', direction: 'import', folder: '/Incoming/User', archives: ['/Archive/Incoming/User'] },
    { object: 'invoices', direction: 'export', folder: '/Outgoing/Invoice', archives: [] },
  ],
}

function load(flows: string, host = 'h') {
  const server = `server: { host: ${host}, username: u, password: "\${env:P}" }\n`
  return loadConfig(folder.write('flatgate.yaml', `${server}flows:\n${flows}`))
}

/** Remote folders and archives of the flows, with the profile in place. */
async function resolved(flows: string, host?: string) {
  const loaded = load(flows, host)
  await writeProfile(loaded.folder, loaded.config, PROFILE)
  return resolveFlows(loaded).map(({ kind, flow }) =>
    kind === 'import' ? [flow.remoteFolder, flow.archiveFolders] : [flow.remoteFolder, flow.archiveFolder],
  )
}

describe('a profile', () => {
  it('is read as it was written', async () => {
    const { folder: home, config } = load('  users: { object: users }\n')
    const path = await writeProfile(home, config, PROFILE)
    expect(path).toBe(folder.at('.flatgate', 'profile.json'))
    expect(readProfile(home, config)).toEqual(PROFILE)
    expect(findProfileFolder(PROFILE, 'users', 'import')?.folder).toBe('/Incoming/User')
    expect(findProfileFolder(PROFILE, 'users', 'export')).toBeUndefined()
    expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true)
  })

  it('is none where nobody made one, or for another server', async () => {
    const { folder: home, config } = load('  users: { object: users }\n')
    expect(readProfile(home, config)).toBeUndefined()
    await writeProfile(home, config, { ...PROFILE, server: 'sftp://u@other:22' })
    expect(readProfile(home, config)).toBeUndefined()
  })

  it.each(['{', '{"version":2}', '[]'])('is refused where it is none any more: %s', (text) => {
    const { folder: home, config } = load('  users: { object: users }\n')
    folder.write('.flatgate/profile.json', text)
    expect(() => readProfile(home, config)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})

describe('a flow', () => {
  it('goes to the folders that the profile found, and to both archives where it found none', async () => {
    expect(await resolved('  a: { object: users }\n  b: { object: commodities }\n')).toEqual([
      ['/Incoming/User', ['/Archive/Incoming/User']],
      [
        '/Incoming/Commodities',
        expect.arrayContaining(['/Incoming/Archive/Commodities', '/Archive/Incoming/Commodities']),
      ],
    ])
    expect(await resolved('  c: { object: invoices, direction: export }\n')).toEqual([
      ['/Outgoing/Invoice', '/Archive/Outgoing/Invoice'],
    ])
  })

  it('goes where it says itself, whatever the profile says', async () => {
    expect(await resolved('  a: { object: users, to: /Incoming/Mine, archives: [/Old] }\n')).toEqual([
      ['/Incoming/Mine', ['/Old']],
    ])
    const [[, archives] = []] = await resolved('  a: { object: users, to: /Incoming/Mine }\n')
    expect(archives).toContain('/Incoming/Archive/Mine')
    expect(archives).not.toContain('/Archive/Incoming/User')
  })

  it('goes to the documented folder where the profile does not know the object, or is of another server', async () => {
    expect(await resolved('  a: { object: items }\n')).toMatchObject([['/Incoming/Items', expect.anything()]])
    expect(await resolved('  a: { object: users }\n', 'elsewhere')).toMatchObject([
      ['/Incoming/Users', expect.anything()],
    ])
  })
})
