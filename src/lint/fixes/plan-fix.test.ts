import { describe, expect, it } from '@jest/globals'
import { fixBytes, type FixBytesOptions } from '../../../test/support/fix-bytes.ts'

const HEADER = '"Login","Email","First Name","Last Name","Status","Purchasing User"\r\n'
const ANN = '"ann","ann@example.com","Ann","Archer","active","Yes"\r\n'
const BOB = '"bob","bob@example.com","Bob","Baker","inactive","No"\r\n'
const CLEAN = HEADER + ANN + BOB

async function fixed(file: string | Uint8Array, options: FixBytesOptions = {}): Promise<[string, object]> {
  const { text, applied } = await fixBytes(file, options)
  return [text, applied]
}

const UNSAFE = { allowsUnsafe: true }

describe('safe repairs', () => {
  it('leave a clean file as it is', async () => {
    expect(await fixed(CLEAN)).toEqual([CLEAN, {}])
  })
  it.each([
    ['take a byte order mark away', `\uFEFF${CLEAN}`, { F102: 1 }],
    ['end all records alike', HEADER + ANN.replace('\r', '') + BOB, { F206: 1 }],
    ['end the last record', CLEAN.slice(0, -2), { F304: 1 }],
    ['quote every field', CLEAN.replaceAll('"', ''), { F202: 3 }],
    ['spell headers as Coupa does', CLEAN.replace('"Login","Email"', '"LOGIN"," e_mail *"'), { H107: 2 }],
    ['take blank lines away', `\r\n${HEADER}\r\n${ANN}${BOB}\r\n\r\n`, { R102: 4 }],
    ['take empty rows away', `${HEADER}${ANN}"","","","","",""\r\n,,,,,\r\n${BOB}`, { R104: 2 }],
    ['take a repeated header away', HEADER + ANN + HEADER + BOB, { R103: 1 }],
    ['take a Ctrl-Z away', `${CLEAN}\u001A`, { F211: 1 }],
    ['take the line of Excel away', `sep=,\r\n${CLEAN}`, { F209: 1 }],
    ['take outer blanks away', CLEAN.replace('"Archer"', '"  Archer\t"').replace('"ann"', '"ann "'), { C601: 2 }],
    ['spell booleans', CLEAN.replace('"Yes"', '"1"').replace('"No"', '" 0"'), { C401: 2, C601: 1 }],
    ['spell values of a list', CLEAN.replace('"active"', '" ACTIVE"'), { C405: 1 }],
  ])('%s', async (_what, file, applied) => {
    expect(await fixed(file)).toEqual([CLEAN, applied])
  })
  it('keep LF where all records end so', async () => {
    const file = CLEAN.replaceAll('\r\n', '\n')
    expect(await fixed(file)).toEqual([file, {}])
    expect(await fixed(file.slice(0, -1))).toEqual([file, { F304: 1 }])
  })
  it('leave titles above the header row, and mend what is below', async () => {
    const title = 'Users of today, as of\r\n,,\r\n'
    expect(await fixed(title + CLEAN.replace('Archer', ' Archer'))).toEqual([title + CLEAN, { C601: 1 }])
  })
  it('keep line ends and commas that belong to a text', async () => {
    const file = CLEAN.replace('Archer', 'Arch\ner, ""the\r\nbow""')
    expect(await fixed(`\uFEFF${file}`)).toEqual([file, { F102: 1 }])
  })
  it('do only what is chosen, and nothing else', async () => {
    const file = `\uFEFF${CLEAN.replaceAll('"', '').replace('Archer', ' Archer').replace('\r\n', '\n')}\r\n`
    expect(await fixed(file, { select: ['F102'] })).toEqual([file.slice(1), { F102: 1 }])
    expect(await fixed(file, { ignore: ['F', 'R'] })).toEqual([file.replace(' Archer', 'Archer'), { C601: 1 }])
  })
  it('do not touch malformed records', async () => {
    const odd = 'a"b,"x" y,c,d,e,f\r\n'
    expect(await fixed(HEADER + odd + ANN + BOB)).toEqual([HEADER + odd + ANN + BOB, {}])
    const open = `${HEADER}"open,x\r\n${ANN}`
    expect(await fixed(open)).toEqual([open, {}])
  })
  it('do not touch bytes that are not UTF-8', async () => {
    const file = Buffer.from(CLEAN.replace('Ann', 'Jos\u00e9'), 'latin1')
    const { output, applied } = await fixBytes(file)
    expect([output.equals(file), applied]).toEqual([true, {}])
  })
  it('do nothing unsafe', async () => {
    const file = CLEAN.replace('Ann', 'JosÃ©').replace('"Login"', '"Shoe","Login"')
    expect(await fixed(file)).toEqual([file, {}])
  })
  it('refuse what is no text of this dialect', async () => {
    expect(await fixBytes(Buffer.from('%PDF-1.7 and so on'))).toMatchObject({
      refused: expect.any(String),
      applied: {},
    })
    const long = 'x'.repeat(2 ** 20 + 1)
    for (const cells of [`"${long}"`, long, `"a","${long}`]) {
      expect((await fixBytes(`${HEADER}${cells}\r\n${ANN}`)).refused).toBe('a record is longer than 1 MiB')
    }
  })
})

describe('unsafe repairs', () => {
  const JOSE = CLEAN.replace('Ann', 'José €')
  const cp1252 = Buffer.from(JOSE.replace('€', '\u0080'), 'latin1')
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(JOSE, 'utf16le')])
  const semicolons = JOSE.replaceAll(',', ';')

  it.each([
    ['write Windows-1252 as UTF-8', cp1252, { F101: 1 }],
    ['write UTF-16 as UTF-8', utf16, { F103: 1 }],
    ['write the other UTF-16 as UTF-8', Buffer.from(utf16).swap16(), { F103: 1 }],
    ['write commas for semicolons', Buffer.from(semicolons), { F201: 1 }],
    ['write commas for tabs in UTF-16', utf16Of(JOSE.replaceAll(',', '\t')), { F103: 1, F201: 1 }],
    ['take the line of Excel away with its separator', Buffer.from(`sep=;\r\n${semicolons}`), { F201: 1, F209: 1 }],
    ['end rows at carriage returns', Buffer.from(JOSE.replaceAll('\r\n', '\r')), { F207: 1 }],
    ['read what was encoded twice', Buffer.from(JOSE.replace('José €', 'JosÃ© â‚¬')), { C604: 1 }],
    ['leave undeclared columns out', Buffer.from(withColumn(JOSE)), { H103: 1 }],
  ])('%s', async (_what, file, applied) => {
    expect(await fixed(file, UNSAFE)).toEqual([JOSE, applied])
  })
  it('read a file that is joined from two encodings', async () => {
    const file = Buffer.concat([
      Buffer.from(HEADER + ANN.replace('Ann', 'Zoë')),
      Buffer.from(BOB.replace('Bob', 'Zo\u00eb'), 'latin1'),
    ])
    expect(await fixed(file, UNSAFE)).toEqual([
      HEADER + ANN.replace('Ann', 'Zoë') + BOB.replace('Bob', 'Zoë'),
      { F101: 1 },
    ])
  })
  it('read the same damaged cell in every row', async () => {
    const rows = [1, 2, 3].map((number) => BOB.replaceAll('bob', `bob${number}`).replace('Bob', 'Zo\u00eb'))
    const file = Buffer.from(HEADER + rows.join(''), 'latin1')
    expect(await fixed(file, UNSAFE)).toEqual([HEADER + rows.join(''), { F101: 3 }])
  })
  it('leave no column out where a row has other fields than its header', async () => {
    const file = `${withColumn(CLEAN)}"short"\r\n`
    expect(await fixed(file, UNSAFE)).toEqual([file, {}])
  })
  it('write decimal commas as points, and 1,234 as its whole column says', async () => {
    const header = '"From Currency","To Currency","Rate","Rate Date"\r\n'
    const row = (rate: string): string => `"USD","EUR","${rate}","2026-01-31"\r\n`
    const options = { object: 'exchange-rates', allowsUnsafe: true }
    expect(await fixed(header + row('12,5') + row('1,234') + row('7'), options)).toEqual([
      header + row('12.5') + row('1.234') + row('7'),
      { C302: 2 },
    ])
    // Another cell says that the point is the decimal mark, so nobody knows.
    expect(await fixed(header + row('12,5') + row('1,234') + row('7.5'), options)).toEqual([
      header + row('12.5') + row('1,234') + row('7.5'),
      { C302: 1 },
    ])
  })
})

describe('any repair', () => {
  it('does not depend on how the file is cut into pieces', async () => {
    const file = `\uFEFF${CLEAN.replaceAll('"', '').replace('Archer', ' Ärcher ')}`
    const [whole] = await fixed(file)
    for (const pieceBytes of [1, 2, 3, 7]) expect((await fixed(file, { pieceBytes }))[0]).toBe(whole)
  })
  it('keeps record groups and their marks', async () => {
    const file = [
      '"Order Confirmation","Supplier Name","PO Number"',
      '"Order Confirmation Line","Line Num","Status"',
      '"Order Confirmation","Acme ","PO1"',
      '"Order Confirmation Line","1","x"',
      '',
    ].join('\r\n')
    const { text } = await fixBytes(file, { object: 'order-confirmations' })
    expect(text.split('\r\n')[3]).toBe('"Order Confirmation Line","1","x"')
  })
})

function utf16Of(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le')
}

function withColumn(text: string): string {
  return text.replaceAll(/^("[^"]*"),/gm, '$1,"42",').replace('"42"', '"Shoe Size"')
}

describe('unsafe repairs of what spreadsheets save', () => {
  it('read semicolons and Windows-1252 of one file, however it is cut into pieces', async () => {
    const text = CLEAN.replace('"Ann"', '"Zoë – Ann"').replace('"Baker"', '"Díaz"')
    const saved = text.replaceAll('"', '').replaceAll(',', ';').replaceAll('–', '\u0096')
    const bytes = Buffer.from(saved, 'latin1')
    for (const pieceBytes of [1, 7, 1 << 20]) {
      expect(await fixed(bytes, { ...UNSAFE, pieceBytes })).toEqual([text, { F101: 1, F201: 1 }])
    }
  })
  it('leave out what stands above the header row', async () => {
    const file = `HR export\r\nprinted,today\r\n\r\n${CLEAN}`
    expect(await fixed(file, UNSAFE)).toEqual([CLEAN, { F210: 2, R102: 1 }])
  })
  it('write dates that can mean one day only', async () => {
    const rates = (...days: readonly string[]): string =>
      ['"From Currency","To Currency","Rate","Rate Date"', ...days.map((day) => `"EUR","USD","1.1","${day}"`)]
        .map((line) => `${line}\r\n`)
        .join('')
    const settings = { ...UNSAFE, object: 'exchange-rates' }
    expect(await fixed(rates('25/05/2026', '11/05/2026', '46342', 'soon'), settings)).toEqual([
      rates('2026-05-25', '11/05/2026', '2026-11-16', 'soon'),
      { C402: 2 },
    ])
  })
})
