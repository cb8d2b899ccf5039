import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { describe, expect, it } from '@jest/globals'
import { buildZip, type RawEntry } from '../../test/support/raw-zip.ts'
import { readZip, type ZipLimits, writeZip } from './index.ts'

async function contentOf(archive: Buffer, name: string, limits: Partial<ZipLimits> = {}): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await readZip(archive, limits)).open(name)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const refusal = (archive: Buffer, limits?: Partial<ZipLimits>): Promise<unknown> =>
  readZip(archive, limits).then(
    () => 'accepted',
    (error: unknown) => error,
  )

describe('reading an archive', () => {
  it('lists files with their sizes and gives their content back', async () => {
    const csv = Buffer.from('"Login"\r\n"ä"\r\n'.repeat(20_000))
    const archive = buildZip([
      { name: 'users.csv', content: csv },
      { name: 'Anhänge/', content: Buffer.alloc(0), stored: true },
      { name: 'Anhänge/a.pdf', content: Buffer.from('pdf'), stored: true },
    ])
    const { entries } = await readZip(archive)
    expect(entries.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['users.csv', csv.length],
      ['Anhänge/a.pdf', 3],
    ])
    expect((await contentOf(archive, 'users.csv')).equals(csv)).toBe(true)
    expect((await contentOf(archive, 'Anhänge/a.pdf')).toString()).toBe('pdf')
  })

  it('reads what adm-zip writes, from memory and from a file', async () => {
    const zip = new AdmZip()
    zip.addFile('dir/b.csv', Buffer.from('b'))
    zip.addFile('a.csv', Buffer.alloc(0))
    zip.addZipComment('by hand')
    const folder = await mkdtemp(join(tmpdir(), 'flatgate-zip-'))
    await writeFile(join(folder, 'x.zip'), zip.toBuffer())
    const archive = await readZip(join(folder, 'x.zip'))
    await rm(folder, { recursive: true })
    expect(archive.entries.map(({ name }) => name).toSorted()).toEqual(['a.csv', 'dir/b.csv'])
    expect((await contentOf(zip.toBuffer(), 'dir/b.csv')).toString()).toBe('b')
    expect((await contentOf(zip.toBuffer(), 'a.csv')).length).toBe(0)
  })

  it('fault 61: sets junk of operating systems aside and marks nested archives', async () => {
    const names = ['a.csv', '__MACOSX/._a.csv', 'in/.DS_Store', 'Thumbs.db', 'in/more.ZIP', 'zip.csv']
    const { entries, ignored } = await readZip(buildZip(names.map((name) => ({ name }))))
    expect(entries.map(({ name, isNestedArchive }) => [name, isNestedArchive])).toEqual([
      ['a.csv', false],
      ['in/more.ZIP', true],
      ['zip.csv', false],
    ])
    expect(ignored).toEqual(['__MACOSX/._a.csv', 'in/.DS_Store', 'Thumbs.db'])
  })

  it('says which file cannot be read', async () => {
    const path = join(tmpdir(), 'flatgate-there-is-no-such.zip')
    await expect(readZip(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { path } })
  })

  it('knows no entry that it did not list', async () => {
    const archive = await readZip(buildZip([{ name: 'Thumbs.db' }]))
    expect(() => archive.open('Thumbs.db')).toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }))
  })
})

describe('an unsafe archive is refused whole', () => {
  const one = (entry: Partial<RawEntry>): RawEntry[] => [{ name: 'good.csv' }, { name: 'x', ...entry }]
  const cases: readonly [title: string, reason: string, entries: RawEntry[]][] = [
    ['path escape', 'name-leaves-archive', one({ name: '../evil.csv' })],
    ['path escape in the middle', 'name-leaves-archive', one({ name: 'dir/../../evil.csv' })],
    ['absolute path', 'name-absolute', one({ name: '/abs.csv' })],
    ['drive letter', 'name-drive-letter', one({ name: 'C:w.csv' })],
    ['backslash', 'name-backslash', one({ name: 'dir\\w.csv' })],
    ['line feed in the name', 'name-control-character', one({ name: 'a\n.csv' })],
    ['right-to-left mark', 'name-control-character', one({ name: 'a\u202Evsc.exe' })],
    ['zero-width space', 'name-control-character', one({ name: 'a\u200b.csv' })],
    ['empty name', 'name-empty-part', one({ name: '' })],
    ['doubled slash', 'name-empty-part', one({ name: 'a//b.csv' })],
    ['current folder', 'name-empty-part', one({ name: './b.csv' })],
    ['name longer than 512 bytes', 'name-too-long', one({ name: 'a/'.repeat(12_000) })],
    ['name in an unknown code page', 'name-not-utf8', one({ name: Buffer.from([0x81, 0x2e]), flags: 0 })],
    ['name that claims UTF-8 and is not', 'name-not-utf8', one({ name: Buffer.from([0x81, 0x2e]) })],
    ['same name twice', 'name-duplicate', one({ name: 'good.csv' })],
    ['same name in another case', 'name-case-twin', one({ name: 'GOOD.csv' })],
    ['same name in another Unicode form', 'name-case-twin', [{ name: 'é.csv' }, { name: 'e\u0301.csv' }]],
    ['file that is also a folder', 'name-is-also-folder', one({ name: 'Good.csv/a' })],
    ['symbolic link', 'not-a-regular-file', one({ unixMode: 0o120777 })],
    ['device', 'not-a-regular-file', one({ unixMode: 0o020644 })],
    ['folder with content', 'not-a-regular-file', one({ name: 'dir/' })],
    ['size that only ZIP64 states', 'zip64', one({ sizeBytes: 0xffff_ffff })],
  ]
  for (const [title, reason, entries] of cases) {
    it(`fault 59: ${title}: ${reason}`, async () => {
      expect(await refusal(buildZip(entries))).toMatchObject({ code: 'ZIP_UNSAFE', details: { reason } })
    })
  }

  it.each<[title: string, reason: string, entry: Partial<RawEntry>]>([
    ['encrypted entry', 'encrypted', { flags: 0x801 }],
    ['strongly encrypted entry', 'encrypted', { flags: 0x841 }],
    ['foreign compression', 'method', { method: 14 }],
  ])('fault 61: %s: %s', async (_title, reason, entry) => {
    expect(await refusal(buildZip(one(entry)))).toMatchObject({ code: 'ZIP_UNSAFE', details: { reason } })
  })

  it('takes UTF-8 that is not marked as such', async () => {
    const { entries } = await readZip(buildZip([{ name: 'dir/ü.txt', flags: 0 }]))
    expect(entries.map(({ name }) => name)).toEqual(['dir/ü.txt'])
  })

  it('takes the nearest harmless names', async () => {
    const names = ['..a.csv', 'a..csv', 'Notes 10:30.txt', 'dir/a b (1).csv', 'dir/é.csv', '.hidden', 'n'.repeat(512)]
    const { entries } = await readZip(buildZip(names.map((name) => ({ name, unixMode: 0o100644 }))))
    expect(entries.map(({ name }) => name)).toEqual(names)
  })

  it('ZIP64 end records: zip64', async () => {
    const plain = buildZip([{ name: 'a.csv' }])
    const locator = Buffer.alloc(20)
    locator.write('PK\x06\x07')
    const archive = Buffer.concat([plain.subarray(0, -22), locator, plain.subarray(-22)])
    expect(await refusal(archive)).toMatchObject({ code: 'ZIP_UNSAFE', details: { reason: 'zip64' } })
  })

  it('two entries with one content: overlap', async () => {
    const overlap = buildZip([
      { name: 'aa', content: Buffer.from('one') },
      { name: 'bb', content: Buffer.from('one'), sameContentAs: 0 },
    ])
    expect(await refusal(overlap)).toMatchObject({ code: 'ZIP_UNSAFE', details: { reason: 'overlap' } })
  })

  it('escapes the name that it reports', async () => {
    const error = await refusal(buildZip([{ name: 'a\n\u202E\u009b.csv' }]))
    expect(error).toMatchObject({ details: { entry: '"a\\n\\u202e\\u009b.csv"' } })
  })
})

describe('a damaged archive', () => {
  const damage = async (archive: Buffer): Promise<unknown> =>
    contentOf(archive, 'a.csv').then(
      () => 'accepted',
      (error: unknown) => error,
    )
  const content = Buffer.from('0123456789'.repeat(20_000))
  const whole = buildZip([{ name: 'a.csv', content }])
  const broken = Buffer.from(whole)
  broken.fill(0xff, 60, 90)
  const cases: readonly [title: string, reason: string, archive: Buffer][] = [
    ['text that is no archive', 'end-record', Buffer.from('"Login"\r\n'.repeat(10))],
    ['nothing at all', 'end-record', Buffer.alloc(0)],
    ['cut off', 'end-record', whole.subarray(0, whole.length - 5)],
    ['bytes behind the end', 'end-record', Buffer.concat([whole, Buffer.from('x')])],
    ['bytes before the start', 'end-record', Buffer.concat([Buffer.from('#!/bin/sh\n'), whole])],
    ['more entries stated than there are', 'directory', buildZip([{ name: 'a.csv' }], 2)],
    ['fewer entries stated than there are', 'directory', buildZip([{ name: 'a.csv' }, { name: 'b' }], 1)],
    ['local header with another name', 'local-header', buildZip([{ name: 'a.csv', localName: 'b.csv' }])],
    ['local header with another size', 'local-header', buildZip([{ name: 'a.csv', localSizeBytes: 1 }])],
    ['wrong checksum', 'crc', buildZip([{ name: 'a.csv', crc: 1 }])],
    ['more content than stated', 'size', buildZip([{ name: 'a.csv', content, sizeBytes: content.length - 1 }])],
    ['less content than stated', 'size', buildZip([{ name: 'a.csv', content, sizeBytes: content.length + 1 }])],
    ['stored content of another size', 'size', buildZip([{ name: 'a.csv', content, stored: true, sizeBytes: 1 }])],
    ['broken stream', 'stream', broken],
    ['bytes behind the stream', 'stream', buildZip([{ name: 'a.csv', content, trailing: Buffer.from('more') }])],
  ]
  for (const [title, reason, archive] of cases) {
    it(`fault 61: ${title}: ${reason}`, async () => {
      expect(await damage(archive)).toMatchObject({ code: 'ZIP_DAMAGED', details: { reason } })
    })
  }

  it('fault 61: is refused at whatever byte it is cut', async () => {
    const small = buildZip([{ name: 'a.csv' }])
    for (let length = 0; length < small.length; length += 1) {
      expect(await damage(small.subarray(0, length))).toMatchObject({ code: 'ZIP_DAMAGED' })
    }
  })
})

describe('limits of an archive', () => {
  const bomb = Buffer.alloc(40 * 1024 * 1024)

  it('fault 60: refuses an entry that states more than is allowed, before inflating', async () => {
    const archive = buildZip([{ name: 'a.csv', content: bomb }])
    expect(await refusal(archive)).toMatchObject({ code: 'ZIP_LIMIT', details: { limit: 'ratio' } })
    const limits = { maxRatio: 2000, maxEntryBytes: bomb.length - 1 }
    expect(await refusal(archive, limits)).toMatchObject({ details: { limit: 'entryBytes', entry: '"a.csv"' } })
  })

  it('fault 60: gives out no byte more than stated when a small size hides a bomb', async () => {
    const archive = await readZip(buildZip([{ name: 'a.csv', content: bomb, sizeBytes: 100_000 }]))
    let sizeBytes = 0
    const read = async (): Promise<void> => {
      for await (const chunk of archive.open('a.csv')) sizeBytes += chunk.length
    }
    await expect(read()).rejects.toMatchObject({ code: 'ZIP_DAMAGED', details: { reason: 'size' } })
    expect(sizeBytes).toBeLessThanOrEqual(100_000)
  })

  it('adds up all entries', async () => {
    const archive = buildZip([{ name: 'a' }, { name: 'b' }])
    expect(await refusal(archive, { maxTotalBytes: 17 })).toMatchObject({ details: { limit: 'totalBytes', got: 18 } })
    expect(await refusal(archive, { maxTotalBytes: 18 })).toBe('accepted')
  })

  it('fault 60: refuses 70,000 entries without looking at one', async () => {
    const content = Buffer.alloc(0)
    const entries = Array.from({ length: 70_000 }, (_, index) => ({ name: `${index}.csv`, content, stored: true }))
    // The field holds no more than this; writers put the true number into a ZIP64 record.
    expect(await refusal(buildZip(entries, 65_535))).toMatchObject({
      code: 'ZIP_LIMIT',
      details: { limit: 'entries', got: 65_535 },
    })
  })

  it('counts the entries to the last one allowed', async () => {
    const archive = buildZip([{ name: 'a' }, { name: 'b' }])
    expect(await refusal(archive, { maxEntries: 1 })).toMatchObject({
      details: { limit: 'entries', allowed: 1, got: 2 },
    })
    expect(await refusal(archive, { maxEntries: 2 })).toBe('accepted')
  })

  it('refuses an archive that is itself too large, in memory and on disk', async () => {
    const archive = writeZip([{ name: 'a.csv', content: Buffer.from('x') }])
    const folder = await mkdtemp(join(tmpdir(), 'flatgate-zip-'))
    await writeFile(join(folder, 'x.zip'), archive)
    const expected = { code: 'ZIP_LIMIT', details: { limit: 'archiveBytes' } }
    const maxArchiveBytes = archive.length - 1
    expect(await refusal(archive, { maxArchiveBytes })).toMatchObject(expected)
    await expect(readZip(join(folder, 'x.zip'), { maxArchiveBytes })).rejects.toMatchObject(expected)
    await rm(folder, { recursive: true })
  })
})
