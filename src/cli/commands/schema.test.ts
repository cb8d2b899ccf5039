import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(['schema', ...words], { folder: folder.path })

describe('flatgate schema list', () => {
  it('lists all objects as one JSON list', async () => {
    expect(jsonOf(await run('list', '--json'))).toHaveLength(142)
  })

  it('is narrowed by text, direction and folder', async () => {
    const names = async (...words: string[]): Promise<unknown> =>
      (jsonOf(await run('list', '--json', ...words)) as { object: string }[]).map(({ object }) => object)
    expect(await names('tax', '--direction', 'import', '--folder', 'taxcodes')).toEqual(['tax-codes'])
    expect(await names('nothing of the kind')).toEqual([])
  })

  it('prints a table for people', async () => {
    const { exit, out } = await run('list', 'departments')
    expect(exit).toBe(0)
    expect(out[0]).toMatch(/^OBJECT +DIRECTION/)
    expect(out.some((line) => /^departments +import +Departments +\/Incoming\/Departments/.test(line))).toBe(true)
    expect((await run('list', 'zzz')).out).toEqual(['No object fits.'])
  })
})

describe('flatgate schema show', () => {
  it('prints columns with type, rules and releases', async () => {
    const { exit, out } = await run('show', 'departments')
    expect(exit).toBe(0)
    expect(out.find((line) => line.startsWith('Name '))).toMatch(/string\(255\) +required; unique +seen since R21/)
  })

  it('narrows to one record type, in whatever case, and names them where there is no such', async () => {
    const { out } = await run('show', 'invoices', '--record', 'invoice line', '--json')
    const { records } = JSON.parse(out.join('\n')) as { records: { name: string }[] }
    expect(records.map(({ name }) => name)).toEqual(['Invoice Line'])
    const { exit, err } = await run('show', 'invoices', '--record', 'Row')
    expect([exit, err.join(' ')]).toEqual([2, expect.stringContaining('Invoice Charge, Invoice Line')])
  })

  it('marks rules that rest on doubtful facts', async () => {
    const { out } = await run('show', 'payment-terms')
    expect(out.find((line) => line.startsWith('Net Due Day'))).toContain('uncertain: required')
  })
})

describe('flatgate schema diff', () => {
  it('prints what is new, what is missing and what is asked for', async () => {
    const { exit, out } = await run('diff', 'R34', '2026', '--object', 'users,items', '--direction', 'import')
    expect(exit).toBe(0)
    expect(out.find((line) => line.includes('Navi Chatbot User'))).toMatch(/^\+ /)
    expect(out.find((line) => line.includes('Edit Invoice'))).toContain('which need not mean removed')
    expect(out.find((line) => /^~ +Active/.test(line))).toContain('is required now')
  })

  it('is limited to what the configuration uses', async () => {
    const mapped = 'flows: { hr: { object: users, map: { Login: a, Navi Chatbot User: b } }, out: { object: items } }\n'
    folder.write('flatgate.yaml', mapped)
    const { objects } = jsonOf(await run('diff', 'R34', '2026', '--used', '--json')) as {
      objects: { object: string; flows: string[]; columns: object[] }[]
    }
    const users = objects.find(({ object }) => object === 'users')
    expect(users).toMatchObject({ flows: ['hr'], columns: [{ column: 'Navi Chatbot User', kind: 'added' }] })
    expect(objects.map(({ object }) => object).sort()).toEqual(['items', 'users'])
    expect(objects.find(({ object }) => object === 'items')).toMatchObject({ isWhole: true })
    const { err } = await run('diff', 'R34', '2026', '--used')
    expect(err).toEqual(['out: no mapping names the columns of items, so all of them count as used'])
  })

  it('says that nothing differs, and refuses what it does not know', async () => {
    expect((await run('diff', 'R35', 'R35')).out).toEqual(['Nothing differs between R35 and R35.'])
    expect((await run('diff', 'R36', '2026')).exit).toBe(2)
    expect((await run('diff', 'R35', '2026', '--object', 'usrs')).exit).toBe(2)
  })
})

describe('flatgate schema graph', () => {
  it('prints the steps of loading for one object', async () => {
    const { out } = await run('graph', '--object', 'accounts')
    const at = (object: string): number => out.findIndex((line) => line.includes(object))
    expect(at('account-types')).toBeGreaterThanOrEqual(0)
    expect(out.findIndex((line) => /^\d\. .*\baccounts\b/.test(line))).toBeGreaterThan(at('account-types'))
  })

  it.each([
    ['mermaid', 'flowchart LR'],
    ['dot', 'digraph "load order" {'],
  ])('draws the order as %s', async (format, first) => {
    expect((await run('graph', '--format', format)).out[0]).toBe(first)
  })

  it('refuses an object that cannot be loaded', async () => {
    expect((await run('graph', '--object', 'nothing')).exit).toBe(2)
  })
})

describe('flatgate schema import-template', () => {
  const template = (text: string): string => folder.write('template.csv', text)

  it('prints the custom fields as configuration', async () => {
    template('Name*,Active*,"Cost, Center",Badge No*\r\n')
    const { exit, out, err } = await run('import-template', 'template.csv', '--object', 'departments')
    expect(exit).toBe(0)
    expect(out).toEqual([
      'coupa:',
      '  customFields:',
      '    departments:',
      '      - name: Badge No',
      '        required: true',
    ])
    expect(err.join('\n')).toContain('Cost, Center: holds a comma')
  })

  it('writes them into the configuration, once', async () => {
    template('\ufeffName,Active,Badge No\r\n')
    const path = folder.write('flatgate.yaml', '# ours\nflows: {}\n')
    const words = ['import-template', 'template.csv', '--object', 'departments', '--write']
    expect((await run(...words)).err.at(-1)).toContain('added Badge No')
    const once = readFileSync(path, 'utf8')
    expect(once).toContain('# ours')
    expect(once).toContain('- name: Badge No')
    expect((await run(...words)).err.at(-1)).toContain('added nothing')
    expect(readFileSync(path, 'utf8')).toBe(once)
    expect((await runCli(['config', 'validate'], { folder: folder.path })).exit).toBe(0)
  })

  it('suspects a template of another language, and writes nothing', async () => {
    template('Abteilung,Aktiv,Nummer,Id\n')
    const path = folder.write('flatgate.yaml', 'flows: {}\n')
    const { exit, err } = await run('import-template', 'template.csv', '--object', 'departments', '--write')
    expect([exit, err.at(-1)]).toEqual([1, expect.stringContaining('language')])
    expect(readFileSync(path, 'utf8')).toBe('flows: {}\n')
  })

  it('finds nothing in a plain template, and says so', async () => {
    template('Name,Id,Active\n')
    const { exit, out, err } = await run('import-template', 'template.csv', '--object', 'departments')
    expect([exit, out, err.at(-1)]).toEqual([0, [], 'No custom fields.'])
  })

  it('refuses a file that is empty or not there', async () => {
    template('')
    expect((await run('import-template', 'template.csv', '--object', 'users')).exit).not.toBe(0)
    expect((await run('import-template', 'nowhere.csv', '--object', 'users')).exit).toBe(2)
  })
})
