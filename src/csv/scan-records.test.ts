import { describe, expect, it } from '@jest/globals'
import { encodeRecord } from './encode-record.ts'
import type { ScanFault } from './record-view.ts'
import { scanRecords } from './scan-records.ts'

describe('scanRecords', () => {
  it('gives out copies of all records, and at the end what is known of the file', async () => {
    const records = scanRecords([Buffer.from('a,"b\n"\r\n\r\nc'), Buffer.from('"d\n')])
    expect(await records.next()).toMatchObject({ done: false, value: { number: 1 } })
    expect(await records.next()).toEqual({
      done: false,
      value: { number: 2, line: 3, fields: [''], isDamaged: false },
    })
    expect(await records.next()).toEqual({
      done: false,
      value: { number: 3, line: 4, fields: ['c"d'], isDamaged: true },
    })
    expect(await records.next()).toMatchObject({ done: true, value: { records: 3, lines: 4 } })
  })

  it('tells of each fault and holds to the cap it is given', async () => {
    const faults: ScanFault[] = []
    const records = scanRecords([Buffer.from('abcdef\ng"h\n')], {
      maxRecordBytes: 4,
      onFault: (fault) => faults.push(fault),
    })
    const fields = []
    for await (const record of records) fields.push(record.fields)
    expect(fields).toEqual([['abcd'], ['g"h']])
    expect(faults.map(({ kind, record }) => [kind, record])).toEqual([
      ['record-too-long', 1],
      ['stray-quote', 2],
    ])
  })

  it('gives out records of a large piece before it has copied all of them', async () => {
    const large = Buffer.from(encodeRecord(['x'.repeat(90)], '\n').repeat(3000))
    async function* source(): AsyncGenerator<Uint8Array> {
      yield large
    }
    const records = scanRecords(source())
    await records.next()
    for (const [index, byte] of large.entries()) if (byte === 0x78) large[index] = 0x79
    let lost = 0
    for await (const { fields } of records) if (!fields[0]?.startsWith('x')) lost++
    expect(lost).toBeGreaterThan(1000)
  })
})
