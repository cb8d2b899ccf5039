import { GatewayError } from '../base/index.ts'
import type { RemoteFile } from './remote-store.ts'

/** `folder` and a name in it, with one `/` between. */
export function joinRemote(folder: string, name: string): string {
  return `${folder.replace(/\/+$/, '')}/${name}`
}

/** The last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Puts together what is known of a file. */
export function asRemoteFile(path: string, sizeBytes: number, modifiedAt?: Date): RemoteFile {
  return { path, name: nameOf(path), sizeBytes, ...(modifiedAt && { modifiedAt }) }
}

/**
 * Refuses a listed name that would lead out of its folder or spoil a log: one with a separator or a control character.
 *
 * @throws {GatewayError} `TRANSFER_UNSAFE_NAME` The name stands in the details in quotes, its odd characters escaped.
 */
export function checkListedName(label: string, folder: string, name: string): void {
  // Matches `a/b`, `a\b` and a line feed; lets `Übersicht 2026.csv` and `.profile` pass.
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name)) return
  throw new GatewayError('TRANSFER_UNSAFE_NAME', { label, folder, name: JSON.stringify(name) })
}
