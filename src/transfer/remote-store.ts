/** One regular file on a remote store, as it was when asked. */
export interface RemoteFile {
  /** Absolute, `/`-separated, as the server spells it. */
  readonly path: string
  /** Last segment of `path`. */
  readonly name: string
  readonly sizeBytes: number
  /** Seconds resolution, the server's clock. Compare only with itself. Absent where the server gives none. */
  readonly modifiedAt?: Date
}

/** How a file is put in place. */
export interface PublishOptions {
  /** Where the bytes land before they get their final name: same file system, a name that no pick-up pattern matches. */
  readonly stagingPath: string
  /** Bytes that `body` will give, where known; another number is a failure. */
  readonly sizeBytes?: number
  /**
   * Called when every byte lies at `stagingPath` and was compared, right before the rename; what it throws stops the
   * publishing there, and the bytes are removed unless the error says `check-first`. The caller commits its intent in it, so that after a crash it knows whether a rename was tried.
   */
  readonly beforeRename?: () => Promise<void>
}

/**
 * A place files are put into and picked up from. Every adapter passes `test/contract/remote-store.ts`; that suite,
 * not this text, decides what is right.
 *
 * An adapter makes one attempt per call. It never retries, never logs and never reads the clock for decisions: the
 * rooms above do, because only they can see the ledger. Calls may run side by side; every call ends within the
 * store's time limit. After `TRANSFER_TIMEOUT` or a lost link the store is broken: close it and open another.
 */
export interface RemoteStore {
  /** For logs: kind, user, host. Holds no secret. */
  readonly label: string

  /**
   * The regular files of a folder, by name in code-unit order. Folders, links and devices are left out.
   *
   * @throws {GatewayError} `TRANSFER_NOT_FOUND` there is no such folder.
   * @throws {GatewayError} `TRANSFER_UNSAFE_NAME` the server lists a name with a separator or a control character.
   */
  list(folder: string): Promise<readonly RemoteFile[]>

  /** Names of the folders in a folder, sorted. @throws {GatewayError} `TRANSFER_NOT_FOUND` */
  listFolders(folder: string): Promise<readonly string[]>

  /**
   * The file at `path`; `undefined` only when the server says that there is none.
   *
   * @throws {GatewayError} `FILE_UNSAFE` something is there that is no regular file.
   */
  stat(path: string): Promise<RemoteFile | undefined>

  /**
   * Puts a whole file at `path`. Other readers see nothing there, then all of it. Never replaces a file.
   *
   * A left-over at `stagingPath` from an earlier attempt is replaced; calls that run side by side need staging paths of
   * their own. What `beforeRename` throws is passed on as it is.
   *
   * @param body Bytes in order, of any chunk size. Read once, to its end.
   * @throws {GatewayError} `TRANSFER_TARGET_EXISTS` nothing was replaced.
   * @throws {GatewayError} `TRANSFER_FAILED`, `TRANSFER_SIZE_MISMATCH`, `TRANSFER_TIMEOUT`, `TRANSFER_DENIED`,
   *   `TRANSFER_NOT_FOUND` `path` was not touched.
   * @throws {GatewayError} `TRANSFER_OUTCOME_UNKNOWN` call `stat(path)` on a new store before anything else.
   */
  publish(path: string, body: AsyncIterable<Uint8Array>, options: PublishOptions): Promise<RemoteFile>

  /** The bytes of a file, in order. Ends with `TRANSFER_FAILED` when fewer come than the server promised. */
  read(path: string): AsyncIterable<Uint8Array>

  /** Renames without replacing. @throws {GatewayError} as `publish`; `TRANSFER_NOT_FOUND` when `from` is missing. */
  move(from: string, to: string): Promise<void>

  /** Deletes a file; done when there is none. */
  remove(path: string): Promise<void>

  /** Lets go of the connection. May be called twice; never fails and never waits for ever. */
  close(): Promise<void>
}

/** Opens a store; each call is a new session. */
export type OpenRemoteStore = () => Promise<RemoteStore>
