import type { ServerHostKeyAlgorithm } from 'ssh2'

/**
 * Types of host keys and the signatures that each can make, in the order in which they are asked for: the ssh library's
 * own. A key of type `ssh-rsa` signs with SHA-2 wherever the server can. Source: RFC 8332, 3.
 */
const ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
}

/**
 * What to ask a server for. The client's order decides which of its keys a server shows. Source: RFC 4253, 7.1.
 *
 * @param first Types to ask for before the others; unknown ones are left out.
 * @param without Types not to ask for.
 */
export function hostKeyAlgorithms(
  first: readonly string[],
  without: readonly string[] = [],
): readonly ServerHostKeyAlgorithm[] {
  const types = new Set([...first, ...Object.keys(ALGORITHMS)])
  return [...types].filter((type) => !without.includes(type)).flatMap((type) => ALGORITHMS[type] ?? [])
}
