import AdmZip from 'adm-zip'
import { describe, expect, it, jest } from '@jest/globals'
import { readZip, writeZip } from './index.ts'

const files = [
  { name: 'invoices.csv', content: Buffer.from('"Invoice"\r\n'.repeat(500)) },
  { name: 'files/Ünïcode (1).pdf', content: Buffer.from('pdf') },
  { name: 'empty.txt', content: Buffer.alloc(0) },
]

describe('writing an archive', () => {
  it('gives what both readers read back', async () => {
    const archive = writeZip(files)
    const read = await readZip(archive)
    expect(read.entries.map(({ name }) => name)).toEqual(['empty.txt', 'files/Ünïcode (1).pdf', 'invoices.csv'])
    for (const { name, content } of files) {
      expect(new AdmZip(archive).readFile(name)?.equals(content) ?? content.length === 0).toBe(true)
      const chunks: Uint8Array[] = []
      for await (const chunk of read.open(name)) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(content)).toBe(true)
    }
  })

  it('gives the same bytes for the same files, in any order, on any day', () => {
    const first = writeZip(files)
    jest.useFakeTimers({ now: new Date('2031-07-01T13:14:15Z') })
    const later = writeZip(files.toReversed())
    jest.useRealTimers()
    expect(later.equals(first)).toBe(true)
  })

  it('gives other bytes for other content', () => {
    expect(writeZip([{ name: 'a', content: Buffer.from('1') }])).not.toEqual(
      writeZip([{ name: 'a', content: Buffer.from('2') }]),
    )
  })

  for (const [name, reason] of [
    ['../a.csv', 'name-leaves-archive'],
    ['dir/', 'not-a-regular-file'],
    ['INVOICES.csv', 'name-case-twin'],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => writeZip([...files, { name, content: Buffer.alloc(0) }])).toThrow(
        expect.objectContaining({ code: 'ZIP_UNSAFE', details: expect.objectContaining({ reason }) }),
      )
    })
  }
})
