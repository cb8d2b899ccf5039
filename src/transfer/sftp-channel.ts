/** How the ssh library answers: the error, or what was asked for. */
export type Answer<T> = (error: Error | undefined | null, value: T) => void

/** What a server tells of a file. Any part may be missing: version 3 of the protocol makes them all optional. */
export interface SftpAttributes {
  /** Kind and permission bits, as POSIX has them. */
  readonly mode?: number
  readonly size?: number
  /** Seconds since 1970. */
  readonly mtime?: number
}

/** One name of a folder. The long name is left out on purpose: its form is the server's own affair. */
export interface SftpEntry {
  readonly filename: string
  readonly attrs: SftpAttributes
}

/** The requests that this room sends. `sftp-session.ts` is the one file that knows the ssh library. */
export interface SftpChannel {
  open(path: string, flags: 'r' | 'wx', answer: Answer<Buffer>): void
  close(handle: Buffer, answer: Answer<void>): void
  /** Gives the number of bytes that were put into `block`; 0 at the end of the file. */
  read(handle: Buffer, block: Buffer, offset: number, length: number, position: number, answer: Answer<number>): void
  write(handle: Buffer, block: Buffer, offset: number, length: number, position: number, answer: Answer<void>): void
  /** Has the server flush the file to its disk, or answers at once where it cannot. */
  flush(handle: Buffer, answer: Answer<void>): void
  fstat(handle: Buffer, answer: Answer<SftpAttributes>): void
  stat(path: string, answer: Answer<SftpAttributes>): void
  lstat(path: string, answer: Answer<SftpAttributes>): void
  opendir(path: string, answer: Answer<Buffer>): void
  /** The next names; ends with status 1. */
  readdir(handle: Buffer, answer: Answer<readonly SftpEntry[]>): void
  /** SSH_FXP_RENAME, which refuses an existing target (filexfer-02, 6.5); not posix-rename@openssh.com, which replaces it. */
  rename(from: string, to: string, answer: Answer<void>): void
  unlink(path: string, answer: Answer<void>): void
}
