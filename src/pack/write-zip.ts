import AdmZip from 'adm-zip'
import { checkNames } from './check-names.ts'
import { zipFault } from './zip-fault.ts'

/** One file to be packed. */
export interface ZipInput {
  /** Relative path with `/`. */
  readonly name: string
  readonly content: Uint8Array
}

/** Version 2.0 on Unix: adm-zip would state the machine it runs on. */
const MADE_BY = 0x0314
/** Noon, so that no time zone makes another day of it; adm-zip writes local time. The first day that a ZIP can state. */
const WRITTEN_AT = new Date(1980, 0, 1, 12)

/**
 * Packs files into an archive. The same files give the same bytes, whatever their order and whenever it is done, as
 * long as the same version of zlib compresses them.
 *
 * Everything is held in memory: Coupa takes archives of at most 8 MB. Entries stand in code-unit order of their names.
 *
 * @throws {GatewayError} `ZIP_UNSAFE` for names that reading would refuse, and for names of folders.
 */
export function writeZip(files: readonly ZipInput[]): Buffer {
  checkNames(files.map(({ name }) => name))
  const zip = new AdmZip({ noSort: true })
  for (const { name, content } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (name.endsWith('/')) throw zipFault('ZIP_UNSAFE', 'not-a-regular-file', name)
    const entry = zip.addFile(name, Buffer.from(content.buffer, content.byteOffset, content.byteLength), '', 0o644)
    entry.header.time = WRITTEN_AT
    entry.header.made = MADE_BY
  }
  return zip.toBuffer()
}
