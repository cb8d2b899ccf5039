import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { loadSchema, parseRelease, selectSchema } from '../schema/index.ts'
import { fixFile, type FixRequest, type FixTarget } from './lint-fix.ts'
import { fileInput, type LintInput } from './lint-input.ts'

const DAMAGED = '\uFEFF"Login","Email","First Name","Last Name"\r\n"ann","ann@example.com","Ann","Archer"\r\n'

const temp = useTempFolder()

/** @param change Alters the input before it is mended. */
async function request(path: string, change: (input: LintInput) => LintInput): Promise<FixRequest> {
  const schema = selectSchema(loadSchema('users', 'import'), { release: parseRelease('2026'), customFields: [] })
  return {
    linted: { input: change(await fileInput(path, 'users.csv', true)), schema },
    config: { coupa: { release: '2026', customFields: {} } },
    clock: { now: () => new Date('2026-11-20T00:00:00Z') },
    allowsUnsafe: false,
  }
}

describe('mending a file that changes meanwhile', () => {
  const targets: readonly ((path: string) => FixTarget)[] = [
    (path) => ({ kind: 'in-place', path }),
    () => ({ kind: 'new', path: temp.at('users.fixed.csv') }),
  ]
  it.each(targets)('writes nothing', async (targetOf) => {
    const path = temp.write('users.csv', DAMAGED)
    let opened = 0
    const growing = await request(path, (input) => ({
      ...input,
      open() {
        opened += 1
        if (opened === 2) appendFileSync(path, '"more"\r\n')
        return input.open()
      },
    }))
    await expect(fixFile(growing, targetOf(path))).rejects.toMatchObject({ code: 'FILE_CHANGED' })
    expect(readdirSync(temp.path)).toEqual(['users.csv'])
    expect(readFileSync(path, 'utf8')).toBe(`${DAMAGED}"more"\r\n`)
  })

  it('leaves no draft behind when reading breaks', async () => {
    const path = temp.write('users.csv', DAMAGED)
    let opened = 0
    const broken = await request(path, (input) => ({
      ...input,
      async *open() {
        opened += 1
        yield* input.open()
        if (opened === 2) throw Object.assign(new Error('gone'), { code: 'EIO', syscall: 'read' })
      },
    }))
    await expect(fixFile(broken, { kind: 'new', path: temp.at('b.csv') })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
    expect(readdirSync(temp.path)).toEqual(['users.csv'])
  })
})
