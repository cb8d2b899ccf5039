import { GatewayError, isSafeName, utcStamp } from '../base/index.ts'

/** What the name of a part is made of. */
export interface PartNameParts {
  /** First part: `users`, `fx_rates`. */
  readonly prefix: string
  readonly at: Date
  /** Number from the ledger, from 0. Never given twice for one object, and never smaller than one given before. */
  readonly sequence: number
  readonly extension: 'csv' | 'zip'
}

/**
 * The name of a part: `users_20261120_040000Z_0001.csv`. Sorted by code units, or with numbers compared as numbers,
 * names of one prefix stand in the order of (second, sequence), for every sequence.
 *
 * A sequence beyond 9999 is longer and gets a letter in front (`a10000` to `a99999`, `b100000`, …): digits sort before
 * letters, so `_9999` comes before `_a10000`, where a bare `_10000` would come first and be loaded first.
 *
 * @throws {GatewayError} `FILE_UNSAFE` the prefix makes a name that is not safe.
 *
 * Source: Coupa, Integration Schedules and File Names (prefix and stamp; alphanumeric order). House: the sequence.
 */
export function partName({ prefix, at, sequence, extension }: PartNameParts): string {
  const name = `${prefix}_${utcStamp(at)}_${sortableNumber(sequence)}.${extension}`
  if (!isSafeName(name)) throw new GatewayError('FILE_UNSAFE', { prefix: JSON.stringify(prefix) })
  return name
}

const SHORTEST = 4
const FIRST_LETTER = 'a'.charCodeAt(0)

function sortableNumber(value: number): string {
  const digits = String(value).padStart(SHORTEST, '0')
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`sequence ${value} is not a whole number from 0`)
  return digits.length === SHORTEST ? digits : String.fromCharCode(FIRST_LETTER + digits.length - SHORTEST - 1) + digits
}
