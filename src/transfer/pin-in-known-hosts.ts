import { describeHostKey, type HostKey } from './host-key.ts'

/** The text of a known_hosts file with one more key in it. */
export interface PinnedText {
  readonly text: string
  /** Fingerprints of the keys of the same type that this server had in the file before, and has no more. */
  readonly replaced: readonly string[]
}

/**
 * Pins a key of a server in the text of a known_hosts file. A line that is for this server alone and holds another key of
 * the same type goes away, or the old key would still be trusted; comments and all other lines stay as they are.
 *
 * Source: OpenSSH, sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
 */
export function pinInKnownHosts(
  text: string,
  { host, port }: { readonly host: string; readonly port: number },
  { type, publicKey }: HostKey,
): PinnedText {
  const name = host.toLowerCase()
  const wanted = port === 22 ? name : `[${name}]:${port}`
  const replaced: string[] = []
  const kept: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const [hosts = '', itsType = '', key = ''] = line.trim().split(/[ \t]+/)
    const isOurs = hosts.toLowerCase() === wanted && itsType === type
    if (!isOurs) kept.push(line)
    else if (key !== publicKey) replaced.push(describeHostKey(Buffer.from(key, 'base64')).fingerprint)
  }
  while (kept.at(-1) === '') kept.pop()
  return { text: [...kept, `${wanted} ${type} ${publicKey}`, ''].join('\n'), replaced }
}
