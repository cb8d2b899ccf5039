/**
 * What a caller may do after a failure.
 *
 * - `safe`: nothing happened on the other side; the same call may be made again.
 * - `never`: the same call will fail again until a person changes something.
 * - `check-first`: it may or may not have happened; look before calling again.
 */
export type Retry = 'safe' | 'never' | 'check-first'

/** One row of {@link ERROR_TABLE}. */
export interface ErrorRow {
  readonly summary: string
  /** What the person reading it does next. */
  readonly next: string
  readonly retry: Retry
  /** Exit code of the command line, as the README lists them. */
  readonly exit: 2 | 3 | 4 | 5 | 70
}

/** Every error this program throws on purpose. `docs/reference/errors.md` is generated from it. Codes are never reused. */
export const ERROR_TABLE = {
  CONFIG_NOT_FOUND: {
    summary: 'there is no configuration file',
    next: 'run `flatgate init`, or name the file with --config',
    retry: 'never',
    exit: 2,
  },
  CONFIG_INVALID: {
    summary: 'the configuration is not valid',
    next: 'correct the named place; `flatgate config validate` checks it again',
    retry: 'never',
    exit: 2,
  },
  CONFIG_SECRET_MISSING: {
    summary: 'a secret that the configuration names cannot be read',
    next: 'set the environment variable, or create the file',
    retry: 'never',
    exit: 2,
  },
  USAGE: { summary: 'the command was called wrongly', next: 'see --help of the command', retry: 'never', exit: 2 },
  FILE_NOT_FOUND: { summary: 'there is no such file', next: 'check the path', retry: 'never', exit: 2 },
  FILE_UNREADABLE: {
    summary: 'a file or a folder cannot be read or written',
    next: 'check its permissions and those of the folder it lies in; a file must be a regular file',
    retry: 'never',
    exit: 4,
  },
  FOLDER_READ_ONLY: {
    summary: 'a folder cannot be written',
    next: 'give the user that flatgate runs as the right to write and rename in it; what lies there waits',
    retry: 'never',
    exit: 4,
  },
  FILE_UNSAFE: {
    summary: 'a file is not a regular file or its name is not safe',
    next: 'replace it by a regular file with a plain name',
    retry: 'never',
    exit: 4,
  },
  FILE_CHANGED: {
    summary: 'a file changed while it was read',
    next: 'let the writer finish; the next pass takes it up',
    retry: 'safe',
    exit: 3,
  },
  DISK_FULL: {
    summary: 'there is no space left on the disk',
    next: 'free space on the disk of the named path, by `flatgate ledger prune` for example; what was not taken is where it was, and the next pass goes on',
    retry: 'safe',
    exit: 3,
  },
  SCHEMA_UNKNOWN: {
    summary: 'there is no such object',
    next: '`flatgate schema list` names them all',
    retry: 'never',
    exit: 2,
  },
  SCHEMA_INVALID: {
    summary: 'a schema definition is not valid',
    next: 'correct the named path in the definition',
    retry: 'never',
    exit: 70,
  },
  SCHEMA_AMBIGUOUS: {
    summary: 'more than one object fits the file',
    next: 'name one with --object',
    retry: 'never',
    exit: 2,
  },
  SCHEMA_UNRECOGNISED: { summary: 'no object fits the file', next: 'name one with --object', retry: 'never', exit: 2 },
  SCHEMA_NO_SFTP: {
    summary: 'Coupa documents no SFTP folder for this object',
    next: 'load the file in Coupa itself, or name the folder in the flow if your instance has one',
    retry: 'never',
    exit: 2,
  },
  RELEASE_UNKNOWN: {
    summary: 'there is no such Coupa release in the schemas',
    next: 'use one of the named releases',
    retry: 'never',
    exit: 2,
  },
  CSV_FIELD_COUNT: {
    summary: 'a record has more or fewer fields than the header has columns',
    next: 'correct the record',
    retry: 'never',
    exit: 4,
  },
  CSV_NOT_ENCODABLE: {
    summary: 'a field holds a character that the dialect cannot carry',
    next: 'remove the character from the source',
    retry: 'never',
    exit: 4,
  },
  CSV_MALFORMED: {
    summary: 'the text is not well-formed in the declared dialect',
    next: 'check delimiter, quote and encoding of the flow',
    retry: 'never',
    exit: 4,
  },
  CSV_ENCODING: {
    summary: 'the bytes are not text in the declared encoding',
    next: 'declare the encoding the file was written in',
    retry: 'never',
    exit: 4,
  },
  PREPARE_GROUP_TOO_LARGE: {
    summary: 'one record group alone is larger than a file may be',
    next: 'split the document in the source system',
    retry: 'never',
    exit: 4,
  },
  PREPARE_COLUMN_MISSING: {
    summary: 'the mapping names a source column that the file does not have',
    next: 'correct `map` of the flow, or the file',
    retry: 'never',
    exit: 4,
  },
  PREPARE_COLUMN_DUPLICATE: {
    summary: 'two columns of the file would become the same column',
    next: 'leave one of them out, or choose one with `map` of the flow',
    retry: 'never',
    exit: 4,
  },
  PREPARE_COLUMN_UNKNOWN: {
    summary: 'nothing can be sent: the object has no such column',
    next: 'correct `map` of the flow or the header of the file, or declare the custom field',
    retry: 'never',
    exit: 4,
  },
  ZIP_UNSAFE: {
    summary: 'the archive is not safe to open',
    next: 'pack it again without the named entry',
    retry: 'never',
    exit: 4,
  },
  ZIP_DAMAGED: { summary: 'the archive cannot be read', next: 'send it again', retry: 'never', exit: 4 },
  ZIP_NO_TABLE: {
    summary: 'the archive holds no CSV file',
    next: 'put the CSV file into it, at its top; what stands in an archive inside the archive is not opened',
    retry: 'never',
    exit: 4,
  },
  ZIP_LIMIT: { summary: 'the archive exceeds a limit', next: 'send fewer or smaller files', retry: 'never', exit: 4 },
  TRANSFER_CONNECT: {
    summary: 'the server could not be reached',
    next: 'check host, port and network; `flatgate doctor` tries each step',
    retry: 'safe',
    exit: 3,
  },
  TRANSFER_AUTH: {
    summary: 'the server refused the login',
    next: 'correct user, password or key; flatgate does not try again by itself, so that the account is not locked',
    retry: 'never',
    exit: 4,
  },
  LOGIN_BARRED: {
    summary: 'the server refused this login before, so it was not tried again and the account is not locked',
    next: 'correct user, password or key and try them with `flatgate doctor`; `flatgate alarms ack` allows one more try with the same ones',
    retry: 'never',
    exit: 4,
  },
  TRANSFER_HOST_KEY: {
    summary: 'the host key of the server is not the pinned one',
    next: 'ask the operator of the server; pin the new key only when they confirm it',
    retry: 'never',
    exit: 4,
  },
  TRANSFER_HOST_KEY_MISSING: {
    summary: 'no host key is pinned for the server',
    next: 'run `flatgate doctor --trust`, which shows the key and pins it when you say that it is the right one',
    retry: 'never',
    exit: 2,
  },
  TRANSFER_NOT_FOUND: {
    summary: 'a remote file or folder does not exist',
    next: 'check the folder of the flow; `flatgate doctor` lists the remote tree',
    retry: 'never',
    exit: 4,
  },
  TRANSFER_DENIED: {
    summary: 'the server denied permission',
    next: 'ask the operator of the server for the right on this folder',
    retry: 'never',
    exit: 4,
  },
  TRANSFER_TARGET_EXISTS: {
    summary: 'a file is already at the final name',
    next: 'look what it is before anything else',
    retry: 'never',
    exit: 4,
  },
  TRANSFER_FAILED: {
    summary: 'a call did not get through; the final name was not touched',
    next: 'flatgate tries again',
    retry: 'safe',
    exit: 3,
  },
  TRANSFER_BUSY: {
    summary: 'every session that flatgate may have to the server is in use',
    next: 'flatgate tries again; if it stays, look which other flatgate runs, or raise the budget of sessions',
    retry: 'safe',
    exit: 3,
  },
  TRANSFER_SIZE_MISMATCH: {
    summary: 'the server holds another number of bytes than was sent',
    next: 'flatgate tries again; if it stays, the disk or quota of the server is full',
    retry: 'safe',
    exit: 3,
  },
  TRANSFER_TIMEOUT: {
    summary: 'the server did not answer in time; the final name was not touched',
    next: 'flatgate tries again',
    retry: 'safe',
    exit: 3,
  },
  TRANSFER_OUTCOME_UNKNOWN: {
    summary: 'the link broke while the file was being given its final name',
    next: 'flatgate looks before it writes again',
    retry: 'check-first',
    exit: 5,
  },
  TRANSFER_UNSAFE_NAME: {
    summary: 'the server lists a name that is not safe to use',
    next: 'have it removed from the server',
    retry: 'never',
    exit: 4,
  },
  LEDGER_NEWER: {
    summary: 'the ledger was written by a newer flatgate',
    next: 'install that version or a later one',
    retry: 'never',
    exit: 4,
  },
  LEDGER_OLDER: {
    summary: 'the ledger was written by an older flatgate and may only be read here',
    next: 'run `flatgate run` once, which brings it up to date',
    retry: 'never',
    exit: 4,
  },
  LEDGER_DAMAGED: {
    summary: 'the ledger cannot be read',
    next: 'restore the newest backup of the state folder',
    retry: 'never',
    exit: 4,
  },
  LEDGER_BUSY: { summary: 'another process holds the ledger', next: 'try again in a moment', retry: 'safe', exit: 3 },
  STORE_DAMAGED: {
    summary: 'a content of the store is missing, or is not what was stored',
    next: 'restore the state folder from a backup, or drop the file again and release the one that is held',
    retry: 'never',
    exit: 4,
  },
  FLOW_UNKNOWN: {
    summary: 'there is no such flow',
    next: '`flatgate config show` names them',
    retry: 'never',
    exit: 2,
  },
  FLOW_BUSY: { summary: 'another process is running this flow', next: 'wait for it to end', retry: 'safe', exit: 3 },
  LEASE_UNKNOWN: {
    summary: 'nothing of that name is held',
    next: '`flatgate ledger leases` lists what is held',
    retry: 'never',
    exit: 2,
  },
  STOPPED: {
    summary: 'flatgate was told to stop before this was finished',
    next: 'run it again: it goes on where it stopped',
    retry: 'safe',
    exit: 3,
  },
  SERVER_CHANGED: {
    summary: 'the configured server is not the one that this ledger belongs to',
    next: 'correct `server`, or say with `flatgate doctor --trust` that the new server is meant; nothing was sent',
    retry: 'never',
    exit: 2,
  },
  SERVER_IS_PRODUCTION: {
    summary: 'the configuration is for a test instance and names a server of production',
    next: 'correct `server`, or `coupa.instance` if production is meant; nothing was sent',
    retry: 'never',
    exit: 2,
  },
  SCHEDULE_INVALID: {
    summary: 'a schedule can never fire or is not a cron expression',
    next: 'correct the expression, as in 0 4 * * 1-5; it stands in `schedule` or `expect.by` of a flow, or behind --cron',
    retry: 'never',
    exit: 2,
  },
  RESEND_UNSETTLED: {
    summary: 'it is still open what became of it, so that it is not sent again',
    next: 'wait until it is taken, as `flatgate history` shows; what is held or vanished is decided with `flatgate hold show`',
    retry: 'check-first',
    exit: 5,
  },
  RESEND_OVERTAKEN: {
    summary: 'newer files were sent to the same place since; an older state would go over theirs',
    next: 'look at the named files; `--even-if-newer` sends it all the same',
    retry: 'check-first',
    exit: 5,
  },
  RESEND_GONE: {
    summary: 'what was sent is no longer in the store',
    next: 'take the file from the `accepted` folder or from its system, and send it with `flatgate send FILE --force`',
    retry: 'never',
    exit: 4,
  },
  HISTORY_UNKNOWN: {
    summary: 'the ledger knows nothing of that name',
    next: '`flatgate history` lists files, `flatgate hold list` what waits, `flatgate alarms list --all` alarms',
    retry: 'never',
    exit: 2,
  },
  SANDBOX_PORT: {
    summary: 'the sandbox cannot listen on the port',
    next: 'name another port, or stop the program that holds it',
    retry: 'never',
    exit: 2,
  },
} as const satisfies Record<string, ErrorRow>

/** A code of {@link ERROR_TABLE}. */
export type ErrorCode = keyof typeof ERROR_TABLE
