/** How much an archive may make us read. Every limit is checked before the first byte of an entry is given out. */
export interface ZipLimits {
  /** Bytes of the archive itself; it is held in memory. */
  readonly maxArchiveBytes: number
  /** Entries of the directory, folders and junk included. */
  readonly maxEntries: number
  /** Bytes of one entry after inflating. */
  readonly maxEntryBytes: number
  /** Bytes of all entries after inflating. */
  readonly maxTotalBytes: number
  /** Bytes after inflating for each byte before, of an entry above 16 MiB. */
  readonly maxRatio: number
}

/**
 * What is allowed where nobody says otherwise.
 *
 * House: Coupa takes 8 MB and gives invoices with attachments; the limits leave room for several times that and stop
 * an archive long before it fills the memory or the disk. A limit too low is seen at once and raised by a setting;
 * a limit too high is only seen when it is too late.
 */
export const DEFAULT_ZIP_LIMITS: ZipLimits = Object.freeze({
  maxArchiveBytes: 64 * 1024 * 1024,
  maxEntries: 10_000,
  maxEntryBytes: 256 * 1024 * 1024,
  maxTotalBytes: 512 * 1024 * 1024,
  maxRatio: 200,
})

/**
 * Entries up to this size are not asked for their ratio: a sparse CSV of quoted empty fields shrinks 500 to 1 and is
 * honest, and 16 MiB harm nobody.
 */
export const RATIO_FREE_BYTES = 16 * 1024 * 1024
