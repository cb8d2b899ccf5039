import type { DirectoryEntry } from './zip-directory.ts'
import { checkNames } from './check-names.ts'
import { zipFault, zipLimit } from './zip-fault.ts'
import { RATIO_FREE_BYTES, type ZipLimits } from './zip-limits.ts'

const STORED = 0
const DEFLATED = 8
/** Bits 0, 6 and 13 of the flags: encrypted, strongly encrypted, directory hidden. Source: APPNOTE.TXT 6.3.10, 4.4.4. */
const ENCRYPTION_FLAGS = 0x2041
const UNIX_TYPE_MASK = 0o170000
const UNIX_FILE = 0o100000
const UNIX_FOLDER = 0o040000

/**
 * Refuses entries whose name, kind or stated size is not safe. Reads no content.
 *
 * The stated sizes are the sender's words; they are held to the limits here, and reading holds the content to them.
 *
 * @throws {GatewayError} `ZIP_UNSAFE`, `ZIP_DAMAGED`, `ZIP_LIMIT`, for the first entry at fault.
 */
export function checkEntries(entries: readonly DirectoryEntry[], limits: ZipLimits): void {
  checkNames(entries.map(({ name }) => name))
  let totalBytes = 0
  for (const entry of entries) {
    checkKind(entry)
    totalBytes += entry.sizeBytes
    checkSize(entry, limits)
    if (totalBytes > limits.maxTotalBytes) throw zipLimit('totalBytes', limits.maxTotalBytes, totalBytes)
  }
}

function checkKind({ name, flags, method, unixMode, sizeBytes, compressedBytes }: DirectoryEntry): void {
  if ((flags & ENCRYPTION_FLAGS) !== 0) throw zipFault('ZIP_UNSAFE', 'encrypted', name)
  if (method !== STORED && method !== DEFLATED) throw zipFault('ZIP_UNSAFE', 'method', name)
  const isFolder = name.endsWith('/')
  const type = unixMode & UNIX_TYPE_MASK
  if (type !== 0 && type !== (isFolder ? UNIX_FOLDER : UNIX_FILE)) {
    throw zipFault('ZIP_UNSAFE', 'not-a-regular-file', name)
  }
  if (isFolder && sizeBytes > 0) throw zipFault('ZIP_UNSAFE', 'not-a-regular-file', name)
  if (method === STORED && sizeBytes !== compressedBytes) throw zipFault('ZIP_DAMAGED', 'size', name)
}

function checkSize({ name, sizeBytes, compressedBytes }: DirectoryEntry, limits: ZipLimits): void {
  if (sizeBytes > limits.maxEntryBytes) throw zipLimit('entryBytes', limits.maxEntryBytes, sizeBytes, name)
  const ratio = Math.ceil(sizeBytes / Math.max(1, compressedBytes))
  if (sizeBytes > RATIO_FREE_BYTES && ratio > limits.maxRatio) throw zipLimit('ratio', limits.maxRatio, ratio, name)
}
