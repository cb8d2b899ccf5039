import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import type { Clock } from '../base/index.ts'
import { loadSchema } from '../schema/index.ts'
import type { LoadRecord } from './load-record.ts'
import { createLoader, type Loader, type LoaderOptions } from './loader.ts'

const clock: Clock = {
  now: () => new Date('2026-11-20T04:00:00Z'),
  sleep: async () => undefined,
}

let folder: string
let root: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-loader-'))
  root = join(folder, 'sftp')
  for (const name of ['Users', 'Suppliers', 'ExchangeRates', 'OrderConfirmations', 'Accounts']) {
    mkdirSync(join(root, 'Incoming', name), { recursive: true })
  }
})

afterEach(() => rmSync(folder, { recursive: true }))

function open(options: Partial<LoaderOptions> = {}): Loader {
  return createLoader({ root, stateFolder: join(folder, 'state'), clock, ...options })
}

function drop(path: string, ...lines: readonly string[]): void {
  writeFileSync(join(root, path), lines.map((line) => `${line}\r\n`).join(''))
}

/** Loads one file and returns its report. */
async function load(path: string, lines: readonly string[], loader = open()): Promise<LoadRecord> {
  drop(path, ...lines)
  const [record, ...more] = await loader.cycle()
  if (!record || more.length > 0) throw new Error('not one file')
  return record
}

function counts({ status, recordsCreated, recordsUpdated, uploadErrorsCount }: LoadRecord): readonly unknown[] {
  return [status, recordsCreated, recordsUpdated, uploadErrorsCount]
}

const USERS = '"Login","Email*","First Name","Last Name","Employee Number"'
const user = (login: string, number = '', email = `${login}@example.com`): string =>
  `"${login}","${email}","Ann","Lee","${number}"`

describe('a look into Incoming', () => {
  it('takes CSV and ZIP files only, each folder in alphanumeric order', async () => {
    for (const name of ['b_10.csv', 'b_2.csv', 'A.CSV', '.b_3.csv.part', 'c.csv.filepart']) {
      drop(`Incoming/Users/${name}`, USERS, user(`u${name.length}${name}`))
    }
    drop('Incoming/Suppliers/z.csv', '"Name"', '"Acme"')
    const loaded = await open().cycle()
    expect(loaded.map(({ fileFileName }) => fileFileName)).toEqual([
      '_Incoming_Suppliers_z.csv',
      '_Incoming_Users_A.CSV',
      '_Incoming_Users_b_10.csv',
      '_Incoming_Users_b_2.csv',
    ])
    expect(readdirSync(join(root, 'Incoming/Users'))).toEqual(['.b_3.csv.part', 'c.csv.filepart'])
  })

  it('takes every name when told so', async () => {
    drop('Incoming/Users/a.csv.filepart', USERS, user('ann'))
    expect(await open({ picksUp: 'everything' }).cycle()).toHaveLength(1)
  })

  it('leaves folders and other things where they are', async () => {
    mkdirSync(join(root, 'Incoming/Users/folder.csv'))
    symlinkSync('/etc/hosts', join(root, 'Incoming/Users/link.csv'))
    expect(await open().cycle()).toEqual([])
  })

  it('waits until a file is the same in as many looks as asked for', async () => {
    const loader = open({ settleLooks: 2 })
    drop('Incoming/Users/a.csv', USERS)
    expect(await loader.cycle()).toEqual([])
    appendFileSync(join(root, 'Incoming/Users/a.csv'), `${user('ann')}\r\n`)
    expect(await loader.cycle()).toEqual([])
    expect(await loader.cycle()).toMatchObject([{ recordsCreated: 1 }])
  })

  it.each([
    ['incoming-archive', 'Incoming/Archive/Users'],
    ['archive-incoming', 'Archive/Incoming/Users'],
  ] as const)('archives under %s before it reads', async (archive, place) => {
    const atLoad: boolean[] = []
    const onLoaded = (): void => void atLoad.push(existsSync(join(root, place, 'a.csv')))
    drop('Incoming/Users/a.csv', USERS, user('ann'))
    await open({ archive, onLoaded }).cycle()
    expect(atLoad).toEqual([true])
    expect(readdirSync(join(root, 'Incoming/Users'))).toEqual([])
  })

  it('reports the same name again and overwrites nothing in the archive', async () => {
    const loader = open()
    await load('Incoming/Users/a.csv', [USERS, user('ann')], loader)
    await load('Incoming/Users/a.csv', [USERS, user('bob')], loader)
    expect(loader.loads().map(({ id, fileFileName }) => [id, fileFileName])).toEqual([
      [1, '_Incoming_Users_a.csv'],
      [2, '_Incoming_Users_a.csv'],
    ])
    expect(readdirSync(join(root, 'Incoming/Archive/Users'))).toEqual(['a.2.csv', 'a.csv'])
  })

  it('outlives a folder that a client has removed', async () => {
    rmSync(join(root, 'Incoming/Users'), { recursive: true })
    expect(await open().cycle()).toEqual([])
  })

  it('takes nothing, or reports nothing, while the fault switches say so', async () => {
    const faults = { neverTake: true, takeButNeverReport: false }
    const loader = open({ faults })
    drop('Incoming/Users/a.csv', USERS, user('ann'))
    await loader.cycle()
    expect(readdirSync(join(root, 'Incoming/Users'))).toEqual(['a.csv'])
    Object.assign(faults, { neverTake: false, takeButNeverReport: true })
    await loader.cycle()
    expect(readdirSync(join(root, 'Incoming/Archive/Users'))).toEqual(['a.csv'])
    expect([loader.loads(), loader.records('users')]).toEqual([[], []])
  })
})

describe('a report', () => {
  it('counts what became of the rows and points at the bad ones', async () => {
    const loader = open()
    await load('Incoming/Users/a.csv', [USERS, user('ann', '1')], loader)
    const record = await load(
      'Incoming/Users/b.csv',
      [USERS, user('anna', '1'), user('bob'), '"cut","off"', user('', ''), user('carl', '', 'bob@example.com')],
      loader,
    )
    expect(record).toEqual({
      id: 2,
      type: 'BackgroundCsvFileLoad',
      sourceFor: 'User',
      status: 'done',
      fileFileName: '_Incoming_Users_b.csv',
      fileFileSize: expect.stringMatching(/^\d+$/),
      progress: 4,
      recordsCount: 5,
      recordsCreated: 1,
      recordsUpdated: 1,
      uploadErrorsCount: 3,
      uploadErrors: [
        { type: 'UploadRowError', row: 3, firstColumn: 'cut', fieldErrors: ['Row corrupt or invalid.'] },
        {
          type: 'UploadRowError',
          row: 4,
          firstColumn: '',
          fieldWithError: 'login',
          fieldErrors: ["Login can't be blank"],
        },
        {
          type: 'UploadRowError',
          row: 5,
          firstColumn: 'carl',
          fieldWithError: 'email',
          value: 'bob@example.com',
          fieldErrors: ['Email has already been taken'],
        },
      ],
      resultText: '4 rows processed, creating 1 new rows and updating 1 rows.',
      createdAt: '2026-11-20T04:00:00.000Z',
      startTime: '2026-11-20T04:00:00.000Z',
      endTime: '2026-11-20T04:00:00.000Z',
    })
  })

  it('names the first unknown header and loads nothing', async () => {
    const loader = open()
    const record = await load('Incoming/Users/a.csv', [`${USERS},"Shoe Size","Hat"`, `${user('ann')},"9","7"`], loader)
    expect(record).toMatchObject({ type: 'DataFileSource', status: 'failed', recordsCreated: 0 })
    expect(record.uploadErrors).toEqual([
      { type: 'UploadHeaderError', fieldErrors: ['Column header Shoe Size is not valid.'] },
    ])
    expect(loader.records('users')).toEqual([])
  })

  it('lets custom fields of the instance and columns of any release pass', async () => {
    const loader = open({ customFields: { users: ['Shoe Size'] } })
    const lines = ['"login","EMAIL","First_Name","Last Name","shoe size"', '"ann","a@example.com","Ann","Lee","9"']
    expect(counts(await load('Incoming/Users/a.csv', lines, loader))).toEqual(['done', 1, 0, 0])
    expect(loader.records('users')[0]?.values).toMatchObject({ 'First Name': 'Ann', 'Shoe Size': '9' })
  })

  it.each([
    ['a byte order mark', '\uFEFFLogin,Email,First Name,Last Name\r\n', 'Column header \uFEFFLogin is not valid.'],
    ['an empty file', '', 'The file is empty.'],
    ['a column twice', 'Login,Login,Email\n', 'Column header Login is not valid.'],
    ['another encoding', Buffer.from('Login\nJos\xe9\n', 'latin1'), 'The file is not UTF-8.'],
    ['more than 8 MB', Buffer.alloc(8_000_001, 'x'), 'The file is larger than 8 MB.'],
  ])('refuses %s', async (_, content, sentence) => {
    writeFileSync(join(root, 'Incoming/Users/a.csv'), content)
    expect(await open().cycle()).toMatchObject([{ status: 'failed', uploadErrors: [{ fieldErrors: [sentence] }] }])
  })

  it('keeps the rows before a broken quote and says where reading ended', async () => {
    const record = await load('Incoming/Users/a.csv', [USERS, user('ann'), '"bob"x,"b@example.com"', user('carl')])
    expect(counts(record)).toEqual(['done', 1, 0, 1])
    expect(record.uploadErrors[0]).toMatchObject({ row: 2, fieldErrors: ['Row corrupt or invalid.'] })
  })

  it('takes quotes, line breaks and other line ends inside cells', async () => {
    const loader = open()
    await load('Incoming/Suppliers/a.csv', ['Name,Status', '"Acme ""A"",\r\nInc",active'], loader)
    expect(loader.records('suppliers')[0]?.values['Name']).toBe('Acme "A",\r\nInc')
  })
})

describe('a ZIP file', () => {
  function zip(entries: Readonly<Record<string, string>>): void {
    const archive = new AdmZip()
    for (const [name, text] of Object.entries(entries)) archive.addFile(name, Buffer.from(text))
    writeFileSync(join(root, 'Incoming/Users/a.zip'), archive.toBuffer())
  }

  it('is loaded from the CSV files at its top', async () => {
    zip({ 'b.csv': `${USERS}\n${user('bob')}`, 'a.csv': `${USERS}\n${user('ann')}`, 'deep/c.csv': 'x', 'a.pdf': 'x' })
    const loader = open()
    expect((await loader.cycle()).map(counts)).toEqual([['done', 2, 0, 0]])
    expect(loader.records('users').map(({ values }) => values['Login'])).toEqual(['ann', 'bob'])
  })

  it('is refused without a CSV file, when it is damaged and when it unpacks to too much', async () => {
    const loader = open()
    zip({ 'a.pdf': 'x' })
    const [none] = await loader.cycle()
    drop('Incoming/Users/a.zip', 'PK no zip')
    const [damaged] = await loader.cycle()
    zip({ 'a.csv': 'x'.repeat(70_000_000) })
    const [large] = await loader.cycle()
    expect([none, damaged, large].map((record) => record && counts(record))).toEqual(
      [0, 1, 2].map(() => ['failed', 0, 0, 1]),
    )
    expect(large?.uploadErrors[0]?.fieldErrors[0]).toMatch(/^The ZIP file cannot be read/)
  })
})

describe('records', () => {
  it('are found by the keys in their order, and a login may change through the employee number', async () => {
    const loader = open()
    await load('Incoming/Users/a.csv', [USERS, user('ann', '1'), user('bob')], loader)
    expect(counts(await load('Incoming/Users/b.csv', [USERS, user('anna', '1', 'ann@example.com')], loader))).toEqual([
      'done',
      0,
      1,
      0,
    ])
    expect(loader.records('users').map(({ values }) => values['Login'])).toEqual(['anna', 'bob'])
    const byId = await load('Incoming/Users/c.csv', ['"Id","Last Name"', '"2","Roe"', '"99","Doe"'], loader)
    expect(byId).toMatchObject({ recordsUpdated: 1, uploadErrorsCount: 1, uploadErrors: [{ row: 2, value: '99' }] })
    expect(loader.records('users')[1]?.values).toMatchObject({ Login: 'bob', 'Last Name': 'Roe' })
  })

  it('are not found by a login with another employee number: the row is new and fails', async () => {
    const loader = open()
    await load('Incoming/Users/a.csv', [USERS, user('ann', '1')], loader)
    const record = await load('Incoming/Users/b.csv', [USERS, user('ann', '2', 'new@example.com')], loader)
    expect(counts(record)).toEqual(['done', 0, 0, 1])
    expect(record.uploadErrors[0]).toMatchObject({ fieldWithError: 'login', value: 'ann' })
  })

  it('of one supplier twice in a file end as the last row says', async () => {
    const loader = open()
    const lines = ['"Name","Supplier Number","Status"', '"Acme","1","active"', '"Acme","2","inactive"']
    expect(counts(await load('Incoming/Suppliers/a.csv', lines, loader))).toEqual(['done', 1, 1, 0])
    expect(loader.records('suppliers').map(({ values }) => values)).toEqual([
      { Id: '1', Name: 'Acme', 'Supplier Number': '2', Status: 'inactive' },
    ])
  })

  it('of exchange rates are only created, one a day for a pair', async () => {
    const header = '"From Currency","To Currency","Rate","Rate Date"'
    const lines = [
      header,
      '"USD","EUR","0.9","2026-11-20T04:00:00+00:00"',
      '"EUR","USD","1.1","2026-11-20T04:00:00+00:00"',
    ]
    const loader = open()
    expect(counts(await load('Incoming/ExchangeRates/a.csv', lines, loader))).toEqual(['done', 2, 0, 0])
    const again = [
      header,
      '"USD","EUR","0.8","2026-11-20T09:00:00+00:00"',
      '"USD","EUR","0.8","2026-11-21T00:00:00+00:00"',
    ]
    expect(counts(await load('Incoming/ExchangeRates/b.csv', again, loader))).toEqual(['done', 1, 0, 1])
  })

  it('of a create-only object are new although they have the same key', async () => {
    mkdirSync(join(root, 'Incoming/ExpensePayments'))
    const required = loadSchema('expense-payments', 'import').records[0]?.columns.filter((one) => one.required) ?? []
    const names = [...new Set(['Expense Report Id', ...required.map(({ name }) => name)])]
    const lines = [names, names.map(() => '1'), names.map(() => '1')].map((cells) => cells.join(','))
    expect(counts(await load('Incoming/ExpensePayments/a.csv', lines))).toEqual(['done', 2, 0, 0])
  })

  it('give a value free when they change it', async () => {
    const loader = open()
    await load('Incoming/Users/a.csv', [USERS, user('ann', '1')], loader)
    const lines = [USERS, user('anna', '1'), user('ann', '2', 'ann@example.com')]
    expect(counts(await load('Incoming/Users/b.csv', lines, loader))).toEqual(['done', 1, 1, 0])
  })

  it('with lines are loaded together or not at all', async () => {
    const loader = open()
    const lines = [
      '"Header","PO number","Action",""',
      '"Line","Line Number","Action","Quantity"',
      '"Line","0","accept","5"',
      '"Header","PO1","accept",""',
      '"Line","1","accept","5"',
      '"Line","2","accept",""',
      '"Header","PO2","accept",""',
      '"Line","","accept","5"',
      '"Nothing","1","accept","5"',
    ]
    const record = await load('Incoming/OrderConfirmations/a.csv', lines, loader)
    expect(counts(record)).toEqual(['done', 1, 0, 3])
    expect(record.uploadErrors.map(({ row, fieldErrors }) => [row, ...fieldErrors])).toEqual([
      [1, 'Row corrupt or invalid.'],
      [6, "Line Number can't be blank"],
      [7, 'Row corrupt or invalid.'],
    ])
    expect(record).toMatchObject({ recordsCount: 4, progress: 2 })
    expect(loader.records('order-confirmations')).toEqual([
      {
        id: 1,
        values: { Header: 'Header', 'PO number': 'PO1', Action: 'accept' },
        lines: [
          { Line: 'Line', 'Line Number': '1', Action: 'accept', Quantity: '5' },
          { Line: 'Line', 'Line Number': '2', Action: 'accept' },
        ],
      },
    ])
  })

  it('go to the object whose columns the header has, where a folder is shared', async () => {
    const loader = open()
    const record = await load('Incoming/Accounts/a.csv', ['"Name","Chart Of Accounts","Shoe"', '"a","b","c"'], loader)
    expect(record.uploadErrors[0]?.fieldErrors).toEqual(['Column header Shoe is not valid.'])
  })

  it('and reports survive a restart', async () => {
    await load('Incoming/Users/a.csv', [USERS, user('ann', '1')])
    const later = open()
    expect(later.loads()).toHaveLength(1)
    expect(counts(await load('Incoming/Users/b.csv', [USERS, user('anna', '1')], later))).toEqual(['done', 0, 1, 0])
    expect(later.loads().map(({ id }) => id)).toEqual([1, 2])
  })
})

describe('the cycle', () => {
  it('goes on from look to look until it is stopped', async () => {
    const stop = new AbortController()
    const waits: number[] = []
    const sleep: Clock['sleep'] = async (ms) => {
      waits.push(ms)
      if (waits.length === 1) drop('Incoming/Users/a.csv', USERS, user('ann'))
      if (waits.length === 3) stop.abort()
    }
    const draws = [0, 0.5, 1]
    const loader = open({ clock: { ...clock, sleep }, random: () => draws.shift() ?? 0 })
    await loader.run(stop.signal)
    expect(waits).toEqual([180_000, 270_000, 360_000])
    expect(loader.loads()).toHaveLength(1)
  })
})
