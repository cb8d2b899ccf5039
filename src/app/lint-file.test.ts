import { describe, expect, it } from '@jest/globals'
import { caught } from '../../test/support/caught.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { PLAIN_INSTANCE } from './config/schema-for.ts'
import { type LintedFile, lintFile, type LintRequest } from './lint-file.ts'

const folder = useTempFolder()
const USERS = '"Login","Email","First Name","Last Name"\r\n"ann","ann@example.com","Ann","Lee"\r\n'

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

const lint = (request: Partial<LintRequest> & Pick<LintRequest, 'path'>): Promise<LintedFile> =>
  lintFile({
    standardInput: bytes(),
    config: PLAIN_INSTANCE,
    clock: { now: () => new Date('2026-11-20T04:00:00Z') },
    ...request,
  })
const subjectOf = async (name: string, text = USERS): Promise<unknown> => {
  const { subject } = await lint({ path: folder.write(name, text) })
  return `${subject.object} ${subject.direction}`
}

describe('lintFile', () => {
  it('takes the object from the folder, else the name, else the header', async () => {
    expect(await subjectOf('inbound/users/x.csv', '"Name"\r\n')).toBe('users import')
    expect(await subjectOf('users.csv', '"Name"\r\n')).toBe('users import')
    expect(await subjectOf('x.csv')).toBe('users import')
  })

  it('prefers the object that is named', async () => {
    const { subject } = await lint({ path: folder.write('users.csv', USERS), object: 'items' })
    expect(subject).toMatchObject({ object: 'items', direction: 'import', release: '2026' })
  })

  it('counts rows, bytes and findings, of standard input too', async () => {
    const { subject, report } = await lint({ path: '-', inputName: 'users.csv', standardInput: bytes(USERS) })
    expect(subject).toMatchObject({ path: 'users.csv', object: 'users' })
    expect(report).toMatchObject({ rows: 1, bytes: Buffer.byteLength(USERS), counts: { error: 0 } })
  })

  it('reads what comes in any pieces', async () => {
    const whole = await lint({ path: '-', standardInput: bytes(USERS) })
    const letters = await lint({ path: '-', standardInput: bytes(...USERS.split('')) })
    expect(letters.report).toEqual(whole.report)
  })

  it('names the objects when several fit', async () => {
    const error = await caught(() =>
      lint({ path: '-', standardInput: bytes('"Supplier Name","Supplier Number"\r\n"x","1"\r\n') }),
    )
    expect(error.code).toBe('SCHEMA_AMBIGUOUS')
    expect(String(error.details['candidates']).split(', ').length).toBeGreaterThan(1)
  })

  it('says that no object fits', async () => {
    const error = await caught(() => lint({ path: '-', standardInput: bytes('"Shoe Size"\r\n"44"\r\n') }))
    expect(error.code).toBe('SCHEMA_UNRECOGNISED')
  })

  it('ends the reading of an input whose object it cannot tell', async () => {
    let isEnded = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(64 * 1024, 'x')
      } finally {
        isEnded = true
      }
    }
    await caught(() => lint({ path: '-', standardInput: endless() }))
    expect(isEnded).toBe(true)
  })

  it.each([
    ['a file that is not there', 'none.csv', 'FILE_NOT_FOUND'],
    ['a folder', '.', 'USAGE'],
    ['an unknown object', 'users.csv', 'SCHEMA_UNKNOWN'],
  ])('refuses %s with exit code 2', async (_title, name, code) => {
    folder.write('users.csv', USERS)
    const object = code === 'SCHEMA_UNKNOWN' ? { object: 'usres' } : {}
    const error = await caught(() => lint({ path: folder.at(name), ...object }))
    expect(error.code).toBe(code)
  })

  it('knows the custom fields and the release of the instance', async () => {
    const header = '"Login","Email","First Name","Last Name","Team"\r\n"a","a@example.com","A","L","x"\r\n'
    const team = { name: 'Team', type: 'string', required: false } as const
    const config = { coupa: { release: 'R30', customFields: { users: [team] } } }
    const codes = ({ report }: LintedFile): string[] => report.findings.map(({ code }) => code)
    const path = folder.write('users.csv', header)
    const known = await lint({ path, config })
    expect(known.subject.release).toBe('R30')
    expect(codes(await lint({ path })).length).toBe(codes(known).length + 1)
  })
})
