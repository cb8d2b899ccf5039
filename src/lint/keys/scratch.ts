/**
 * Room outside memory for one file, where hashes of its rows go that are too many for memory. Whoever lints gives it,
 * and takes it away afterwards.
 */
export interface Scratch {
  /** Bytes that were kept so far. */
  readonly sizeBytes: number
  /** Keeps a copy of bytes. @returns Where they stand, for `read`; `undefined`: there is no room for them. */
  append(bytes: Uint8Array): number | undefined
  /** Reads bytes back. @returns `false`: they cannot be read any more. */
  read(into: Uint8Array, position: number): boolean
}
