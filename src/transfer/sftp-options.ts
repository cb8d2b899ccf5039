import type { HostKey } from './host-key.ts'

/** Where an SFTP server is, who logs in, and how patient the store is. */
export interface SftpStoreOptions {
  readonly host: string
  /** Default 22. */
  readonly port?: number
  readonly username: string
  /** Also answers the one hidden question of a server that knows only `keyboard-interactive`. */
  readonly password?: string
  /** Text of a private key in OpenSSH or PEM form. */
  readonly privateKey?: string
  readonly passphrase?: string
  /**
   * Keys the server may show: `SHA256:…`, `ssh-rsa SHA256:…`, or a whole public key. At least one, here or in the file.
   */
  readonly hostKeys?: readonly string[]
  /** A known_hosts file of OpenSSH; its keys for this server are pinned too, its revoked ones are refused. */
  readonly knownHostsFile?: string
  /** Told which of the trusted keys the server showed, before any credential is sent. */
  readonly onHostKey?: (key: HostKey) => void
  /** How long the server may be silent while an answer is due. Default 30,000. */
  readonly timeoutMs?: number
  /** From the first packet to the open session. Default 20,000. */
  readonly readyTimeoutMs?: number
  /** Silence after which the server is asked for a sign of life. Default 10,000; the third unanswered one ends the link. */
  readonly keepaliveIntervalMs?: number
  /** Files that are written side by side; a further one waits for its turn. Default 32. */
  readonly filesInFlight?: number
  /**
   * Whether the server is to flush each upload to its disk before the file gets its name, where it can. Without, a server
   * that loses its power may show half a file under its final name afterwards. Default `true`.
   */
  readonly isFlushed?: boolean
}

/** {@link SftpStoreOptions} with everything said. */
export type ResolvedSftpOptions = SftpStoreOptions &
  Required<
    Pick<
      SftpStoreOptions,
      'port' | 'timeoutMs' | 'readyTimeoutMs' | 'keepaliveIntervalMs' | 'filesInFlight' | 'isFlushed'
    >
  >

const DEFAULTS = {
  port: 22,
  timeoutMs: 30_000,
  readyTimeoutMs: 20_000,
  keepaliveIntervalMs: 10_000,
  // House: measured on loopback, 16 files in flight would do; a line on which answers travel gains from more.
  filesInFlight: 32,
  isFlushed: true,
} as const

/** Completes the options. */
export function resolveSftpOptions(options: SftpStoreOptions): ResolvedSftpOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return { ...DEFAULTS, ...given } as ResolvedSftpOptions
}
