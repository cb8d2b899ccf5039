import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../base/index.ts'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { LimitedMap } from './limited-map.ts'
import { createLinter } from './linter.ts'
import type { Remark, Row } from './rule.ts'

const rowOf = (number: number): Row => ({ number }) as Row

/** Lints a file of one object with one rule, row by row. */
function lint(code: string, object: string, header: string, rows: Iterable<string>): readonly Finding[] {
  const schema = selectSchema(loadSchema(object, 'import'))
  const today = new Date('2026-11-20T00:00:00Z')
  const linter = createLinter({ schema, fileName: undefined, purpose: 'upload', today }, { select: [code] })
  linter.write(Buffer.from(`${header}\r\n`))
  for (const row of rows) linter.write(Buffer.from(`${row}\r\n`))
  return linter.end().findings
}

function* numbered(count: number, row: (number: number) => string, ...last: readonly string[]): Generator<string> {
  for (let number = 1; number <= count; number += 1) yield row(number)
  yield* last
}

describe('what is first seen under a text', () => {
  it('is remembered up to a limit, and the row from which on it is not is told once', () => {
    const told: Remark[] = []
    const map = new LimitedMap<number>(2, 'orders that are closed twice')
    for (const [place, text] of ['a', 'b', 'a', 'c', 'd', 'b'].entries()) {
      map.add(text, place, rowOf(place + 1), (remark) => void told.push(remark))
    }
    expect(['a', 'b', 'c', 'd'].map((text) => map.get(text))).toEqual([2, 5, undefined, undefined])
    expect(told).toEqual([
      {
        message: 'from row 4 on, orders that are closed twice are looked for only among the first 2',
        hint: 'Split the file, or check the rest of it by itself.',
        severity: 'info',
      },
    ])
  })
})

describe('rules with a limit', () => {
  const rate = (from: string, to: string, day: number, time = '00:00:00'): string => {
    const on = new Date(day * 86_400_000).toISOString().slice(0, 10)
    return `${from},${to},2,${on}T${time}Z`
  }
  it.each([
    [
      'O106',
      'external-orders',
      'Action,PO Number',
      numbered(100_001, (number) => `Close,${number}`, 'Close,100001', 'Close,7'),
      ['info 100001', 'warning 100003'],
    ],
    [
      'O102',
      'approval-chains',
      'Approval Chain Name,Approval Chain Type',
      numbered(100_001, (number) => `${number},order`, '100001,requisition', '7,requisition'),
      ['info 100001', 'error 100003'],
    ],
    [
      'X302',
      'exchange-rates',
      'From Currency,To Currency,Rate,Rate Date',
      numbered(
        200_001,
        (n) => rate('EUR', `${n % 100}`, n),
        rate('EUR', '1', 200_001, '01:00:00'),
        rate('EUR', '7', 7, '01:00:00'),
      ),
      ['info 200001', 'warning 200003'],
    ],
    [
      'X305',
      'exchange-rates',
      'From Currency,To Currency,Rate,Rate Date',
      numbered(200_001, (n) => rate('EUR', `${n % 100}`, n), rate('1', 'EUR', 200_001), rate('7', 'EUR', 7)),
      ['info 200001', 'warning 200003'],
    ],
  ])(
    '%s says from which row on it looks no further, and still finds what came before',
    (code, object, header, rows, found) => {
      expect(lint(code, object, header, rows).map(({ severity, at }) => `${severity} ${at.row}`)).toEqual(found)
    },
  )
})
