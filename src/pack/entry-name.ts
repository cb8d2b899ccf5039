import type { ZipReason } from './zip-fault.ts'

/** House: longer than any path an operating system takes as one name, short enough to keep every check cheap. */
const MAX_NAME_BYTES = 512

/**
 * What makes the name of an entry unfit to be used as a relative path, or `undefined` when it is fit. Folders end in `/`.
 *
 * @example findNameFault('../x.csv') // 'name-leaves-archive'
 */
export function findNameFault(name: string): ZipReason | undefined {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return 'name-too-long'
  // Matches a line feed and U+202E; lets `Übersicht 2026.csv` pass.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) return 'name-control-character'
  if (name.includes('\\')) return 'name-backslash'
  if (name.startsWith('/')) return 'name-absolute'
  // Matches `C:x`; lets `Notes 10:30.txt` pass.
  if (/^[a-z]:/i.test(name)) return 'name-drive-letter'
  const path = name.endsWith('/') ? name.slice(0, -1) : name
  for (const part of path.split('/')) {
    if (part === '..') return 'name-leaves-archive'
    if (part === '' || part === '.') return 'name-empty-part'
  }
  return undefined
}

/** The name as a file system compares it that knows neither case nor Unicode forms. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC')
}

/** Whether an operating system put the entry there by itself: nobody meant to send it. */
export function isSystemJunk(name: string): boolean {
  const parts = name.split('/')
  const last = parts.findLast((part) => part !== '') ?? ''
  return parts[0] === '__MACOSX' || last.startsWith('._') || /^(?:\.ds_store|thumbs\.db|desktop\.ini)$/i.test(last)
}

/** Whether the name is that of an archive. What is inside such an entry is never looked at. */
export function isArchiveName(name: string): boolean {
  return /\.(?:zip|7z|rar|tar|tgz|gz|bz2|xz|zst|jar|cab|iso)$/i.test(name)
}
