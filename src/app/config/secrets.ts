import { readFileSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { GatewayError } from '../../base/index.ts'
import type { ServerConfig } from './config-shape.ts'
import type { LoadedConfig } from './load-config.ts'

/** The secrets of a server, read. Kept out of every printed configuration. */
export interface Secrets {
  readonly password?: string
  readonly privateKey?: string
  readonly passphrase?: string
}

const SECRET_KEYS = ['password', 'privateKey', 'passphrase'] as const

/** `${env:NAME}` or `${file:path}`, whole. Lets `p$ssw{rd` pass. */
const REFERENCE = /^\$\{(env|file):([^}]+)\}$/

/** `x${env:NAME}` anywhere in a text; lets `$env:NAME` pass. */
export const LOOKS_LIKE_REFERENCE = /\$\{(?:env|file):/

/** Whether a text is a reference to a secret and nothing else. */
export const isReference = (text: string): boolean => REFERENCE.test(text)

/** Whether a dotted place of the configuration may hold a secret. */
export const isSecretPlace = (place: string): boolean => SECRET_KEYS.some((key) => place === `server.${key}`)

/** Where secrets come from. `app` alone reads the environment. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder that relative paths of `${file:…}` start from. */
  readonly folder: string
}

/**
 * Reads the secrets that a server names.
 *
 * @throws {GatewayError} `CONFIG_SECRET_MISSING` naming the key and the variable or file, never a value.
 * @throws {GatewayError} `CONFIG_INVALID` a file that others may read, or that is none.
 */
export function readSecrets(server: ServerConfig, sources: SecretSources): Secrets {
  const secrets: { -readonly [Key in keyof Secrets]: string } = {}
  for (const key of SECRET_KEYS) {
    const text = server[key]
    if (text !== undefined) secrets[key] = readSecret(`server.${key}`, text, sources)
  }
  return secrets
}

function readSecret(place: string, text: string, { env, folder }: SecretSources): string {
  const [, kind, name = ''] = REFERENCE.exec(text) ?? []
  if (kind === undefined) return text
  if (kind === 'env') {
    const value = env[name]
    if (value === undefined || value === '') throw new GatewayError('CONFIG_SECRET_MISSING', { place, variable: name })
    return value
  }
  const path = resolve(folder, name.replace(/^~(?=\/)/, env['HOME'] ?? '~'))
  try {
    const reason = faultOf(statSync(path), place)
    if (reason !== undefined) throw new GatewayError('CONFIG_INVALID', { place, path, reason })
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    throw new GatewayError('CONFIG_SECRET_MISSING', { place, path }, { cause })
  }
}

/**
 * Why a file is not fit to hold a secret. A link is followed: what it leads to counts.
 *
 * A private key of our own that the group may read is refused too, as OpenSSH does; one that belongs to another user, as
 * root, is lent to us by its group.
 *
 * Source: OpenSSH, authfile.c, sshkey_perm_ok.
 */
function faultOf(stats: Stats, place: string): string | undefined {
  if (!stats.isFile()) return 'it is no regular file'
  // Windows has no such bits; its own list of rights is not looked at.
  if (process.platform === 'win32') return undefined
  if ((stats.mode & 0o007) !== 0) return 'everybody may read this file; run chmod 600 on it'
  const isOurs = stats.uid === process.getuid?.()
  if (place === 'server.privateKey' && isOurs && (stats.mode & 0o070) !== 0)
    return 'the group may read this private key; run chmod 600 on it'
  return undefined
}

/** Every secret that can be read now, for the log to hide; what cannot be read cannot be leaked. */
export function secretsOf({ config }: LoadedConfig, sources: SecretSources): readonly string[] {
  const { server } = config
  if (server === undefined) return []
  return SECRET_KEYS.flatMap((key) => {
    const text = server[key]
    if (text === undefined) return []
    try {
      return [readSecret(`server.${key}`, text, sources)]
    } catch (error) {
      if (error instanceof GatewayError) return []
      throw error
    }
  })
}
