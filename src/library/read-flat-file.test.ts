import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { readFlatFile } from './read-flat-file.ts'
import { writeFlatFile } from './write-flat-file.ts'

const folder = useTempFolder()

async function collect<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}

const source = (text: string): AsyncIterable<Uint8Array> => Readable.from([Buffer.from(text)])
const read = (object: string, text: string) => collect(readFlatFile(source(text), { object }))

describe('readFlatFile', () => {
  it("gives each row by Coupa's names, and other headers as they are", async () => {
    const path = folder.write('users.csv', '"login *","e-mail","Badge"\r\n\r\n"ann","ann@example.com","7"\r\n')
    const choice = { object: 'users', customFields: [{ name: 'Badge', type: 'string' }] } as const
    expect(await collect(readFlatFile(path, choice))).toEqual([
      { row: 1, line: 3, record: 'User', values: { Login: 'ann', 'e-mail': 'ann@example.com', Badge: '7' } },
    ])
  })

  it('reads a file of several record types, each row by its own header', async () => {
    const text = 'Header,PO number\nLine,Line Number,Quantity\nHeader,7,\nLine,1,5\nHeader,PO number\nHeader,8\n'
    expect(await read('order-confirmations', text)).toEqual([
      { row: 1, line: 3, record: 'Header', values: { Header: 'Header', 'PO number': '7' } },
      { row: 2, line: 4, record: 'Line', values: { Line: 'Line', 'Line Number': '1', Quantity: '5' } },
      { row: 3, line: 6, record: 'Header', values: { Header: 'Header', 'PO number': '8' } },
    ])
  })

  it('takes a record type that is a file of its own', async () => {
    expect(await read('accounts', 'Name,Segment 1 Operator\nAll,eq\n')).toMatchObject([{ record: 'Account Group' }])
  })

  it.each([
    ['users', 'Login,Email\nann\n', 'CSV_FIELD_COUNT'],
    ['users', 'Login,Email\nann,b,c\n', 'CSV_FIELD_COUNT'],
    ['users', 'Login,Email\n"ann,b\n', 'CSV_MALFORMED'],
    ['order-confirmations', 'Header,PO number\nHeader,7,8\n', 'CSV_FIELD_COUNT'],
    ['order-confirmations', 'Header,PO number\nHeader\n', 'CSV_FIELD_COUNT'],
    ['order-confirmations', 'Header,PO number\nLine,1\n', 'CSV_MALFORMED'],
    ['order-confirmations', 'Header,PO number\nFooter,1\n', 'CSV_MALFORMED'],
  ])('refuses a row of %s that does not fit: %j', async (object, text, code) => {
    await expect(read(object, text)).rejects.toMatchObject({ code, details: { line: 2 } })
  })
})

describe('writeFlatFile', () => {
  it('writes what readFlatFile reads back', async () => {
    const rows = [{ Login: 'ann', Email: 'a,"b"@example.com' }, { Login: 'bob' }]
    const written = writeFlatFile(rows, { object: 'users', columns: ['login', 'Email'] })
    const text = Buffer.concat([...(await collect(written))]).toString()
    expect(text).toBe('"Login","Email"\r\n"ann","a,""b""@example.com"\r\n"bob",""\r\n')
    expect((await read('users', text)).map(({ values }) => values)).toEqual([rows[0], { Login: 'bob', Email: '' }])
  })

  it('refuses a column that the object does not have', async () => {
    await expect(collect(writeFlatFile([], { object: 'users', columns: ['Logn'] }))).rejects.toMatchObject({
      code: 'USAGE',
    })
  })
})
