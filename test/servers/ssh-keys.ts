import { execFileSync } from 'node:child_process'

/** Makes a key pair without a passphrase: `path` and `path.pub`. */
export function makeKey(path: string, type: 'ed25519' | 'rsa' = 'ed25519'): void {
  const form = type === 'rsa' ? ['-t', 'rsa', '-b', '2048', '-m', 'PEM'] : ['-t', type]
  execFileSync('ssh-keygen', ['-q', ...form, '-N', '', '-C', 'test', '-f', path])
}

/** The fingerprint of a public key as `ssh-keygen -lf` prints it. */
export function fingerprintOf(publicKeyFile: string): string {
  return /SHA256:\S+/.exec(execFileSync('ssh-keygen', ['-lf', publicKeyFile], { encoding: 'utf8' }))?.[0] ?? ''
}
