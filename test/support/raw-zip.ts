import { crc32, deflateRawSync } from 'node:zlib'

/** One entry as bytes; every field may lie. */
export interface RawEntry {
  readonly name: string | Buffer
  readonly content?: Buffer
  readonly stored?: boolean
  readonly method?: number
  readonly flags?: number
  readonly unixMode?: number
  readonly sizeBytes?: number
  readonly localSizeBytes?: number
  readonly crc?: number
  readonly localName?: string
  /** Points the directory at the local header of the entry with this index. */
  readonly sameContentAs?: number
  readonly trailing?: Buffer
}

/** An archive as bytes. @param count Entries that its end record states. */
export function buildZip(entries: readonly RawEntry[], count = entries.length): Buffer {
  const locals: Buffer[] = []
  const offsets: number[] = []
  const heads: Buffer[] = []
  let at = 0
  for (const [index, entry] of entries.entries()) {
    const content = entry.content ?? Buffer.from(`content ${index}`)
    const data = Buffer.concat([entry.stored ? content : deflateRawSync(content), entry.trailing ?? Buffer.alloc(0)])
    const name = Buffer.from(entry.name)
    const localName = Buffer.from(entry.localName ?? entry.name)
    const fixed = Buffer.alloc(26)
    fixed.writeUInt16LE(20, 0)
    fixed.writeUInt16LE(entry.flags ?? 0x800, 2)
    fixed.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4)
    fixed.writeUInt32LE(entry.crc ?? crc32(content), 10)
    fixed.writeUInt32LE(data.length, 14)
    fixed.writeUInt32LE(entry.localSizeBytes ?? entry.sizeBytes ?? content.length, 18)
    fixed.writeUInt16LE(localName.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, localName, data])
    fixed.writeUInt32LE(entry.sizeBytes ?? content.length, 18)
    fixed.writeUInt16LE(name.length, 22)
    offsets.push(entry.sameContentAs === undefined ? at : (offsets[entry.sameContentAs] ?? 0))
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((entry.unixMode ?? 0) << 16) >>> 0, 6)
    tail.writeUInt32LE(offsets.at(-1) ?? 0, 10)
    heads.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), fixed, tail, name]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(heads)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}
