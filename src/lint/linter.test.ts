import { describe, expect, it } from '@jest/globals'
import { ANN, USERS_HEADER, usersFile } from '../../test/findings-of.ts'
import type { Finding } from '../base/index.ts'
import { type CustomField, loadSchema, selectSchema } from '../schema/index.ts'
import { lintStream } from './lint-stream.ts'
import type { LintReport } from './lint-report.ts'
import { createLinter, type LintOptions } from './linter.ts'
import type { LintContext } from './rule.ts'

function contextOf(object: string, customFields: readonly CustomField[] = []): LintContext {
  const schema = selectSchema(loadSchema(object, 'import'), { customFields })
  return { schema, fileName: undefined, purpose: 'upload', today: new Date('2026-11-20T00:00:00Z') }
}

const USERS = contextOf('users')

function lint(file: string | Uint8Array, options: LintOptions = {}, context = USERS): LintReport {
  const linter = createLinter(context, options)
  linter.write(typeof file === 'string' ? Buffer.from(file) : file)
  return linter.end()
}

/** Code, row and cell of each finding. */
function places({ findings }: LintReport): string[] {
  return findings.map(({ code, at }) => [code, at.row ?? '-', at.cell ?? '-'].join(' '))
}

const STATUS_HEADER = `${USERS_HEADER},"Status"`
const BAD = `${ANN},"actve"`

describe('positions', () => {
  const statusOnly = { select: ['value-not-allowed'] }
  const at = (file: string): unknown => lint(file, statusOnly).findings[0]?.at

  it('name line, row, field, column and cell', () => {
    expect(at(`${STATUS_HEADER}\r\n${BAD}\r\n`)).toEqual({ line: 2, row: 1, field: 5, column: 'Status', cell: 'E2' })
  })
  it('name the column of the record type that a damaged row belongs to, and none where it belongs to no type', () => {
    const file = 'Header,PO number\r\nLine,Line Number\r\nHeader,4"0\r\nLine,"1"2\r\nNobody,"3"4\r\n'
    const { findings } = lint(file, { select: ['F203', 'F204'] }, contextOf('order-confirmations'))
    expect(findings.map(({ at: { row, column, cell } }) => [row, column, cell])).toEqual([
      [1, 'PO number', 'B3'],
      [2, 'Line Number', 'B4'],
      [3, undefined, 'B5'],
    ])
  })
  it('count lines within fields for the line and not for the row', () => {
    const row = '"a","a@example.com","A\nB\nC","D","active"'
    expect(at(`${STATUS_HEADER}\r\n${row}\r\n${BAD}\r\n`)).toMatchObject({ line: 5, row: 2, cell: 'E3' })
  })
  it('name the line on which the field starts, not the record', () => {
    expect(at(`${STATUS_HEADER}\r\n"a","a@example.com","A\nB","D","actve"\r\n`)).toMatchObject({ line: 3, row: 1 })
  })
  it('count blank lines for the line and the cell and not for the row', () => {
    expect(at(`\r\n${STATUS_HEADER}\r\n\r\n${BAD}\r\n`)).toMatchObject({ line: 4, row: 1, cell: 'E4' })
  })
  it('are the same behind a byte order mark and behind letters of several bytes', () => {
    const file = `\uFEFF${STATUS_HEADER}\r\n"ä漢😀","a@example.com","ÄÖ","😀","actve"\r\n`
    expect(at(file)).toEqual({ line: 2, row: 1, field: 5, column: 'Status', cell: 'E2' })
  })
  it('are right behind a damaged record', () => {
    expect(at(`${STATUS_HEADER}\r\n"a"b,"x\r\n${BAD}\r\n${BAD}\r\n`)).toMatchObject({ line: 4 })
  })
  it('of damage name its own row, though rows stand behind it', () => {
    const bytes = Buffer.from(usersFile(ANN, '"\xFF","a@b.co","A","B"', ANN, ANN), 'latin1')
    expect(lint(bytes, { select: ['F101'] }).findings).toMatchObject([{ at: { line: 3, row: 2, cell: 'A3' } }])
  })
  it('name the header as the file spells it', () => {
    expect(at(`${USERS_HEADER},"status *"\r\n${BAD}\r\n`)).toMatchObject({ column: 'status *' })
  })
})

describe('the value of a finding', () => {
  it('is cut to 200 code points', () => {
    const [found] = lint(`${STATUS_HEADER}\r\n${ANN},"${'😀'.repeat(300)}"\r\n`, { select: ['C405'] }).findings
    expect(Array.from(found?.value ?? '')).toHaveLength(200)
  })
})

describe('a damaged row', () => {
  const header = STATUS_HEADER
  it('is told by its shape only, and the rows behind it are checked', () => {
    const file = `${header}\r\n"","","",""\r\n${BAD}\r\n`
    expect(places(lint(file, { select: ['R', 'C'] }))).toEqual(['R101 1 -', 'C405 2 E3'])
  })
  it('has its other fields checked where the damage is in one', () => {
    const file = Buffer.from(`${header}\r\n"ann","ann@example.com","\xFF","","actve"\r\n`, 'latin1')
    expect(places(lint(file, { select: ['F101', 'C'] }))).toEqual(['F101 1 C2', 'C101 1 D2', 'C405 1 E2'])
  })
})

describe('counts', () => {
  const rows = 3_000
  const file = `${STATUS_HEADER}\r\n${`${BAD}\r\n`.repeat(rows)}`

  it('are whole when findings are cut, and the first ones are kept', () => {
    const report = lint(file, { select: ['C405'], maxFindings: 10 })
    expect(report).toMatchObject({ rows, counts: { error: rows, warning: 0, info: 0 }, cut: rows - 10 })
    expect(report.findings.map(({ at }) => at.row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
  it('list a thousand findings where nothing else is said', () => {
    expect(lint(file, { select: ['C405'] })).toMatchObject({ findings: { length: 1_000 }, cut: rows - 1_000 })
  })
  it('do not keep findings from who takes them as they come', () => {
    const told: Finding[] = []
    const report = lint(file, { select: ['C405'], maxFindings: 0, onFinding: (finding) => told.push(finding) })
    expect(told).toHaveLength(rows)
    expect(report).toMatchObject({ findings: [], cut: rows })
  })
})

describe('the report', () => {
  it('names bytes, rows and what was recognised of the header', () => {
    const file = `"login*","Shoe Size"\r\n"ann","42"\r\n`
    expect(lint(file)).toMatchObject({
      bytes: file.length,
      rows: 1,
      headers: [
        {
          record: 'User',
          line: 1,
          cells: [
            { text: 'login*', column: 'Login' },
            { text: 'Shoe Size', column: undefined },
          ],
        },
      ],
    })
  })
  it('recognises a record type that is loaded as a file of its own', () => {
    const { headers } = lint('"Name","Segment 1 Operator","Segment 1 Value"\r\n', {}, contextOf('accounts'))
    expect(headers[0]?.record).toBe('Account Group')
  })
  it('says what a file is that could not be read', () => {
    expect(lint('a;b;c\r\n1;2;3\r\n').foreign).toEqual({ kind: 'separator', name: ';', line: 1 })
    expect(lint(usersFile(ANN))).not.toHaveProperty('foreign')
  })
})

describe('a file of several record types', () => {
  const orders = contextOf('order-confirmations')
  const file = [
    '"Header","PO number","Action"',
    '"Line","Line Number","Action","Quantity"',
    '"Schedule Line","Order Line Number","Action"',
    '"Header","4711","line_level",""',
    '"Line","1","acept","3"',
    '"Schedule Line","1","ad",""',
  ].join('\r\n')

  it('checks each row by the columns of its type, padded or not', () => {
    expect(places(lint(file, { select: ['C405', 'R'] }, orders))).toEqual(['C405 2 C5', 'C405 3 C6'])
  })
  it('reports a header for each type', () => {
    expect(lint(file, {}, orders).headers.map(({ record }) => record)).toEqual(['Header', 'Line', 'Schedule Line'])
  })
})

describe('pieces of a file', () => {
  const damaged = Buffer.concat([
    Buffer.from(`\uFEFF${STATUS_HEADER}\r\n"ä","a@example.com","B\r\nC","D","actve"\r\n\r\n`),
    Buffer.from('"x\xE9\x01","y"z,a"b\r\n"ann","ann@example.com",A\rB,"C","inactive"\n', 'latin1'),
    Buffer.from(`${BAD}\r\n,,,,\r\n"open,\r\n${BAD}`),
  ])
  const whole = lint(damaged)

  it('are enough to find all of these faults', () => {
    const found = new Set(whole.findings.map(({ code }) => code))
    for (const code of ['F101', 'F102', 'F104', 'F203', 'F206', 'F207', 'C405', 'R101', 'R102', 'R104']) {
      expect(found).toContain(code)
    }
  })
  for (const size of [1, 2, 3, 7, 63, 64, 65]) {
    it(`of ${size} bytes give the same report`, () => {
      const linter = createLinter(USERS)
      for (let at = 0; at < damaged.length; at += size) linter.write(Buffer.from(damaged.subarray(at, at + size)))
      expect(linter.end()).toEqual(whole)
    })
  }
  it('of one byte tell what is no text', () => {
    for (const [code, file] of [
      ['F103', Buffer.from(usersFile(ANN), 'utf16le')],
      ['F105', Buffer.from('%PDF-1.7\n')],
    ] as const) {
      const linter = createLinter(USERS)
      for (const byte of file) linter.write(Uint8Array.of(byte))
      expect(linter.end().findings.map((finding) => finding.code)).toEqual([code])
    }
  })
  it('may come from a stream', async () => {
    const source = (async function* () {
      yield damaged.subarray(0, 100)
      yield damaged.subarray(100)
    })()
    expect(await lintStream(source, USERS)).toEqual(whole)
  })
  it('may be none', () => {
    expect(createLinter(USERS).end()).toMatchObject({ bytes: 0, rows: 0, findings: [{ code: 'F001' }] })
  })
})
