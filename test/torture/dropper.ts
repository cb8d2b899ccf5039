import { linkSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { isCode } from '../../src/base/index.ts'
import type { Random } from '../seeded/random.ts'
import type { DroppedInput } from '../support/invariants.ts'
import { usersCsv } from '../support/users-csv.ts'
import { sha256Of } from './receiver.ts'

/** Somebody who drops files of users: good ones, broken ones, archives of both. No row is in two of them. */
export interface Dropper {
  readonly inputs: readonly DroppedInput[]
  drop(folder: string): void
  /** The same for a folder of the server: an export that is ready. @returns Its name and text. */
  export(folder: string): void
  readonly exports: ReadonlyMap<string, string>
}

/** Makes a dropper. Files get their names when they are whole, as the guide tells whoever drops. */
export function createDropper(random: Random): Dropper {
  const inputs: DroppedInput[] = []
  const exports = new Map<string, string>()
  let rows = 0
  let files = 0

  /** Keys as the receiver reads them, quotes off. */
  function users(isGood: boolean): { text: string; keys: readonly string[] } {
    const count = random.pick([1, 2, 5, 12, 40])
    const first = rows + 1
    rows += count
    const text = usersCsv(count, first)
    const keys = Array.from({ length: count }, (_, index) => `user.${first + index}`)
    return isGood ? { text, keys } : { text: text.replace('"active"', '"actve"'), keys: [] }
  }

  /** @returns The name it got: the other one where the first is taken. */
  function put(folder: string, names: readonly [string, string], content: string | Uint8Array): string {
    mkdirSync(folder, { recursive: true })
    const draft = join(folder, `.${names[1]}.writing`)
    writeFileSync(draft, content)
    try {
      linkSync(draft, join(folder, names[0]))
      return names[0]
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      linkSync(draft, join(folder, names[1]))
      return names[1]
    } finally {
      unlinkSync(draft)
    }
  }

  function archive(): { content: Buffer; keys: readonly string[] } {
    const zip = new AdmZip()
    const members = Array.from({ length: 1 + random.below(3) }, () => users(random.chance(0.8)))
    members.forEach(({ text }, index) => zip.addFile(`member${index + 1}.csv`, Buffer.from(text)))
    return { content: zip.toBuffer(), keys: members.flatMap(({ keys }) => keys) }
  }

  return {
    inputs,
    exports,
    drop(folder) {
      files += 1
      const mark = String(files).padStart(5, '0')
      if (random.chance(0.1)) {
        const { content, keys } = archive()
        const name = put(folder, ['all.zip', `all-${mark}.zip`], content)
        inputs.push({ name, sha256: sha256Of(content), keys })
        return
      }
      const { text, keys } = users(random.chance(0.85))
      // Names come again, as those of a job that writes `users.csv` each night.
      const first = random.chance(0.3) ? 'users.csv' : `users-${mark}.csv`
      const name = put(folder, [first, `users-${mark}.csv`], text)
      inputs.push({ name, sha256: sha256Of(text), keys })
    },
    export(folder) {
      files += 1
      const { text } = users(true)
      const name = `export_${String(files).padStart(5, '0')}.csv`
      exports.set(name, text)
      put(folder, [name, name], text)
    },
  }
}
