import AdmZip from 'adm-zip'
import { usersCsv } from './users-csv.ts'

const BROKEN = usersCsv(1, 90).replace('"active"', '"actve"')

/** What is dropped in one life, in this order, with the logins of what is good. Two rows go into one part. */
export type Scenario = readonly (readonly [name: string, content: string | Buffer, logins: readonly string[]])[]

const FILES: Scenario = [
  ['1.csv', usersCsv(5, 1), ['user.1', 'user.2', 'user.3', 'user.4', 'user.5']],
  ['2.csv', BROKEN, []],
]
const ARCHIVE_FIRST: Scenario = [
  ['1.zip', zipOf({ 'good.csv': usersCsv(1, 1), 'bad.csv': BROKEN }), ['user.1']],
  ['2.csv', usersCsv(1, 2), ['user.2']],
]

/** The third is the second once more, and the fourth the first behind a newer one: the one is not sent, the other held. */
const REPEATED: Scenario = [
  ['1.csv', usersCsv(1, 1), ['user.1']],
  ['2.csv', usersCsv(1, 2), ['user.2']],
  ['3.csv', usersCsv(1, 2), []],
  ['4.csv', usersCsv(1, 1), []],
]

/** An archive that was sent whole and one of which a file was rejected, each once more. */
const WHOLE = zipOf({ 'one.csv': usersCsv(1, 1), 'two.csv': usersCsv(1, 2) })
const TORN = zipOf({ 'good.csv': usersCsv(1, 3), 'bad.csv': BROKEN })
const REPEATED_ARCHIVES: Scenario = [
  ['1.zip', WHOLE, ['user.1', 'user.2']],
  ['2.zip', WHOLE, []],
  ['3.zip', TORN, ['user.3']],
  ['4.zip', TORN, []],
]

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const zip = new AdmZip()
  for (const [name, text] of Object.entries(files)) zip.addFile(name, Buffer.from(text))
  return zip.toBuffer()
}

/** The scenarios of the nth-failure loop, by what is in them. */
export const SCENARIOS = {
  files: FILES,
  archiveFirst: ARCHIVE_FIRST,
  repeated: REPEATED,
  repeatedArchives: REPEATED_ARCHIVES,
} as const satisfies Readonly<Record<string, Scenario>>
