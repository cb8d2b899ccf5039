import type { DirectoryEntry } from './zip-directory.ts'
import { zipFault } from './zip-fault.ts'

// Layout: APPNOTE.TXT 6.3.10, 4.3.7 (local file header).
const LOCAL_SIGNATURE = 0x0403_4b50
const LOCAL_BYTES = 30
const DESCRIPTOR_FLAG = 1 << 3
/** Encryption and the code of the name: bits 0, 6, 11 and 13. Source: APPNOTE.TXT 6.3.10, 4.4.4. */
const KIND_FLAGS = 0x2841
const IN_ZIP64_FIELD = 0xffff_ffff

/**
 * Where the content of each entry stands in the archive, in the order of `entries`.
 *
 * The local header must say what the directory says, so that a reader that trusts the one and a reader that trusts the
 * other see the same file; and no two entries may share bytes, which is how the densest bombs are made.
 *
 * @param endsAt Byte at which the directory starts: no content reaches beyond it.
 * @throws {GatewayError} `ZIP_DAMAGED`, `ZIP_UNSAFE`.
 */
export function locateContent(
  archive: Buffer,
  entries: readonly DirectoryEntry[],
  endsAt: number,
): ReadonlyMap<DirectoryEntry, Buffer> {
  const contents = new Map<DirectoryEntry, Buffer>()
  let free = 0
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset < free) throw zipFault('ZIP_UNSAFE', 'overlap', entry.name)
    const start = checkLocalHeader(archive, entry, endsAt)
    free = start + entry.compressedBytes
    if (free > endsAt) throw zipFault('ZIP_DAMAGED', 'local-header', entry.name)
    contents.set(entry, archive.subarray(start, free))
  }
  return contents
}

/** Gives the byte at which the content starts. */
function checkLocalHeader(archive: Buffer, entry: DirectoryEntry, endsAt: number): number {
  const at = entry.offset
  const differs = (): never => {
    throw zipFault('ZIP_DAMAGED', 'local-header', entry.name)
  }
  if (at + LOCAL_BYTES > endsAt || archive.readUInt32LE(at) !== LOCAL_SIGNATURE) return differs()
  const nameEnd = at + LOCAL_BYTES + archive.readUInt16LE(at + 26)
  const start = nameEnd + archive.readUInt16LE(at + 28)
  if (start > endsAt || !archive.subarray(at + LOCAL_BYTES, nameEnd).equals(entry.nameBytes)) return differs()
  const flags = archive.readUInt16LE(at + 6)
  const isSameKind = ((flags ^ entry.flags) & KIND_FLAGS) === 0 && archive.readUInt16LE(at + 8) === entry.method
  if (!isSameKind) return differs()

  // With a descriptor, checksum and sizes follow the content and the local header holds zeros or the truth.
  const mayBeZero = (flags & DESCRIPTOR_FLAG) !== 0
  const agrees = (stated: number, expected: number): boolean => stated === expected || (mayBeZero && stated === 0)
  const mayBeElsewhere = (stated: number, expected: number): boolean =>
    stated === IN_ZIP64_FIELD || agrees(stated, expected)
  if (!agrees(archive.readUInt32LE(at + 14), entry.crc)) return differs()
  if (!mayBeElsewhere(archive.readUInt32LE(at + 18), entry.compressedBytes)) return differs()
  if (!mayBeElsewhere(archive.readUInt32LE(at + 22), entry.sizeBytes)) return differs()
  return start
}
