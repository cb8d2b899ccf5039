import { describe, expect, it } from '@jest/globals'
import { createCsvEncoder } from './csv-encoder.ts'
import { encodeRecord } from './encode-record.ts'

describe('a CSV encoder', () => {
  it('knows the bytes of a record before it is added', () => {
    const encoder = createCsvEncoder('\r\n')
    const record = encoder.encode(['ä"', '\u{1F600}', ''])
    expect(record).toEqual({ text: '"ä""","\u{1F600}",""\r\n', sizeBytes: 18 })
    expect(encoder.sizeBytes).toBe(0)
    expect(encoder.flush()).toBeUndefined()
  })

  it('gives out every byte that was added, in order, and counts them', () => {
    const encoder = createCsvEncoder('\n')
    const blocks: Buffer[] = []
    let text = ''
    for (let row = 0; row < 3000; row++) {
      const fields = [String(row), 'ü'.repeat(row % 200)]
      text += encodeRecord(fields, '\n')
      const block = encoder.add(encoder.encode(fields))
      if (block !== undefined) blocks.push(block)
    }
    expect(blocks.length).toBeGreaterThan(1)
    expect(Math.min(...blocks.map((block) => block.length))).toBeGreaterThanOrEqual(256 * 1024)
    expect(encoder.sizeBytes).toBe(Buffer.byteLength(text))
    blocks.push(encoder.flush() ?? Buffer.alloc(0))
    expect(Buffer.concat(blocks).toString() === text).toBe(true)
  })

  it('starts anew when it is flushed', () => {
    const encoder = createCsvEncoder('\n')
    encoder.add(encoder.encode(['a']))
    expect(encoder.flush()?.toString()).toBe('"a"\n')
    expect(encoder.sizeBytes).toBe(0)
    expect(encoder.flush()).toBeUndefined()
  })

  it('keeps what was added when a later record cannot be encoded', () => {
    const encoder = createCsvEncoder('\n')
    encoder.add(encoder.encode(['a']))
    expect(() => encoder.encode(['\0'])).toThrow(expect.objectContaining({ code: 'CSV_NOT_ENCODABLE' }))
    expect(encoder.flush()?.toString()).toBe('"a"\n')
  })
})
