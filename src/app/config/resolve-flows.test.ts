import { describe, expect, it } from '@jest/globals'
import { caught } from '../../../test/support/caught.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { loadConfig } from './load-config.ts'
import { type ResolvedFlow, resolveFlows } from './resolve-flows.ts'

const folder = useTempFolder()
const resolved = (text: string): readonly ResolvedFlow[] =>
  resolveFlows(loadConfig(folder.write('flatgate.yaml', text)))
const fault = async (text: string): Promise<Record<string, unknown>> => {
  const { code, details } = await caught(() => resolved(text))
  return { code, ...details }
}
const customFields = (object: string, name: string): string =>
  `coupa: { customFields: { ${object}: [{ name: ${JSON.stringify(name)} }] } }\n`

describe('resolveFlows', () => {
  it('gives a flow what Coupa documents of its object', () => {
    const [flow] = resolved('flows: { users: { object: users } }')
    expect(flow).toMatchObject({
      kind: 'import',
      timing: { missedRuns: 'run-once' },
      flow: {
        name: 'users',
        dropFolder: folder.at('inbound/users'),
        remoteFolder: '/Incoming/Users',
        lineEnd: '\r\n',
        limits: { rows: 5000, bytes: 8_000_000 },
      },
    })
    expect(flow?.kind === 'import' && flow.flow.archiveFolders).toEqual(
      expect.arrayContaining(['/Incoming/Archive/Users', '/Archive/Incoming/Users']),
    )
  })

  it('gives an export flow its folders', () => {
    expect(resolved('flows: { out: { direction: export, object: suppliers, after: archive } }')[0]).toMatchObject({
      kind: 'export',
      flow: {
        remoteFolder: '/Outgoing/Suppliers',
        targetFolder: folder.at('outbound/suppliers'),
        archiveFolder: '/Archive/Outgoing/Suppliers',
        after: 'archive',
      },
    })
  })

  it('reads a schedule in the zone of the flow, else in the general one', () => {
    const zones = resolved(
      'timeZone: Europe/Berlin\nflows:\n  a: { object: users, schedule: "0 4 * * *" }\n' +
        '  b: { object: items, schedule: "0 4 * * *", timeZone: Asia/Tokyo }\n',
    ).map(({ timing }) => timing.schedule?.timeZone)
    expect(zones).toEqual(['Europe/Berlin', 'Asia/Tokyo'])
  })

  it('takes a mapped column that is a custom field of the instance', () => {
    const text = `${customFields('users', 'Cost Center')}flows: { users: { object: users, map: { Cost Center: cc } } }`
    expect(resolved(text)).toHaveLength(1)
  })

  it.each([
    ['an object that is none', 'flows: { a: { object: usres } }', { code: 'SCHEMA_UNKNOWN', suggestion: 'users' }],
    [
      'a schedule that is none',
      'flows: { a: { object: users, schedule: "61 * * * *" } }',
      { code: 'SCHEDULE_INVALID' },
    ],
    [
      'a schedule that can never fire',
      'flows: { a: { object: users, schedule: "0 0 31 2 *" } }',
      { code: 'SCHEDULE_INVALID' },
    ],
    ['a release that is none', 'coupa: { release: R99 }\nflows: { a: { object: users } }', { code: 'RELEASE_UNKNOWN' }],
    ['an encoding that is none', 'flows: { a: { object: users, dialect: { encoding: klingon } } }', {}],
  ])('names the flow of %s', async (_title, text, expected) => {
    const found = await fault(text)
    expect(found).toMatchObject({ path: folder.at('flatgate.yaml'), ...expected })
    expect(found['place']).toMatch(/^flows\.a/)
  })

  it('refuses a mapping to a column that the object does not have', async () => {
    expect(await fault('flows: { a: { object: users, map: { Shoe Size: s } } }')).toMatchObject({
      code: 'CONFIG_INVALID',
      place: 'flows.a.map',
      reason: expect.stringMatching(/users has no column Shoe Size.*customFields/),
    })
  })

  it.each([
    [',', 'comma'],
    [':', 'colon'],
    ['-', 'hyphen'],
  ])('refuses a custom field whose name holds a %s', async (sign, word) => {
    expect(await fault(customFields('users', `Cost${sign}Center`))).toMatchObject({
      code: 'CONFIG_INVALID',
      place: 'coupa.customFields.users',
      reason: expect.stringContaining(word),
    })
  })

  it('refuses a custom field that is a standard column, or that is declared twice', async () => {
    expect((await fault(customFields('users', 'Login')))['reason']).toMatch(/standard column/)
    const twice = 'coupa: { customFields: { users: [{ name: Team }, { name: Team }] } }'
    expect((await fault(twice))['reason']).toMatch(/twice/)
  })

  it('refuses custom fields of an object that is none, and names the nearest', async () => {
    expect(await fault(customFields('usres', 'Team'))).toMatchObject({
      code: 'SCHEMA_UNKNOWN',
      place: 'coupa.customFields.usres',
      suggestion: 'users',
    })
  })

  it('refuses two flows on one drop folder or one folder of the server', async () => {
    for (const text of [
      'flows: { a: { object: users }, b: { object: users } }',
      'flows: { a: { object: users, from: x }, b: { object: items, from: ./x/ } }',
      'flows: { a: { direction: export, object: users }, b: { direction: export, object: users } }',
    ]) {
      expect(await fault(text)).toMatchObject({
        code: 'CONFIG_INVALID',
        place: 'flows.b',
        reason: expect.stringMatching(/as a does/),
      })
    }
  })

  it('refuses an object that Coupa takes over no SFTP folder, unless one is named', async () => {
    const object = 'tax-code-rules'
    expect((await fault(`flows: { a: { object: ${object} } }`))['code']).toBe('SCHEMA_NO_SFTP')
    expect(resolved(`flows: { a: { object: ${object}, to: /Incoming/TaxCodeRules } }`)).toHaveLength(1)
  })
})
