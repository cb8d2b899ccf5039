import { listSchemas } from './list-schemas.ts'
import { normaliseHeader } from './normalise-header.ts'
import type { RecordSummary, SchemaSummary } from './schema-summary.ts'

/** How well a header row fits one record type. */
interface Fit {
  readonly summary: SchemaSummary
  /** Share of the header that the record type knows, rare names counting more: 0 to 1. */
  readonly share: number
  /** Share of the record type's columns that the header has: 0 to 1. */
  readonly coverage: number
}

/** The cells of a header row that say something, and what they weigh together. */
interface WeighedHeader {
  readonly cells: readonly string[]
  readonly weight: number
}

/**
 * House: a lead that a few other columns of the same header could turn is no lead. A smaller number takes shortened
 * headers for the wrong object; a larger one asks people about files that leave no doubt.
 */
const CLEAR_LEAD = 0.15
/** House: below half of the header's weight the header is of something else. */
const WEAKEST_SHARE = 0.5
/** House: of a rival that knows the header too, but has many columns more, so that the header is hardly its own. */
const SMALL_PART = 0.6

/** Matches `custom-field-1` and `customfield1`; a custom field called `custom-fields` not. */
const PLACEHOLDER = /^custom-?field-?\d+$/
/** Only exports spell it so. Source: Coupa flat-file documentation, April 2026. */
const EXPORT_PLACEHOLDER = /^custom-field-\d+$/

/**
 * The objects whose columns a header row fits, best first: one where the lead is clear, none where nothing fits.
 * The row may be that of any record type of the object.
 */
export function matchHeader(header: readonly string[], pool: readonly SchemaSummary[]): readonly SchemaSummary[] {
  const names = [...new Set(header.map(normaliseHeader))]
  const cells = names.filter((cell) => cell !== '' && !PLACEHOLDER.test(cell))
  const isExport = names.some((cell) => EXPORT_PLACEHOLDER.test(cell))
  const weighed = { cells, weight: weigh(cells) }
  const fits = pool
    .filter(({ direction }) => !isExport || direction === 'export')
    .map((summary) => bestFit(summary, weighed))
    .filter((fit) => fit !== undefined)
    .sort((a, b) => b.share - a.share || b.coverage - a.coverage)
  const [best] = fits
  if (best === undefined) return []
  const close = closeTo(best, fits)
  const whole = close.filter((fit) => fit.coverage === 1 && fit.share === best.share)
  const [only] = whole
  const isClear = whole.length === 1 && close.every((fit) => fit === only || isWeaker(fit, best))
  return isClear && only !== undefined ? [only.summary] : close.map(({ summary }) => summary)
}

/** The rivals of the best: where only the direction is open, those that know as much of the header as it does. */
function closeTo(best: Fit, fits: readonly Fit[]): readonly Fit[] {
  const close = fits.filter((fit) => best.share - fit.share < CLEAR_LEAD)
  const isOneObject = close.every(({ summary }) => summary.object === best.summary.object)
  return isOneObject ? close.filter(({ share }) => share === best.share) : close
}

/** Weaker than a rival whose columns are exactly those of the header. */
function isWeaker(fit: Fit, whole: Fit): boolean {
  return fit.share < whole.share || fit.coverage < SMALL_PART || fit.summary.object === whole.summary.object
}

function bestFit(summary: SchemaSummary, header: WeighedHeader): Fit | undefined {
  let best: Fit | undefined
  for (const record of summary.records) {
    const fit = fitOf(summary, record, header)
    if (fit !== undefined && (best === undefined || fit.share > best.share || isWider(fit, best))) best = fit
  }
  return best
}

function isWider(fit: Fit, best: Fit): boolean {
  return fit.share === best.share && fit.coverage > best.coverage
}

function fitOf(summary: SchemaSummary, record: RecordSummary, { cells, weight }: WeighedHeader): Fit | undefined {
  const names = new Set([...record.headers, ...(record.otherHeaders ?? [])])
  const known = cells.filter((cell) => names.has(cell))
  const share = weigh(known) / weight
  // One column of a name that many objects have, such as Id or Name, is no evidence.
  const isEvidence = known.length > 1 || known.some((cell) => occurrences(cell) === 1)
  if (!isEvidence || !(share >= WEAKEST_SHARE)) return undefined
  return { summary, share, coverage: known.length / record.headers.length }
}

function weigh(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + weightOf(cell), 0)
}

/** A name that one record type has weighs most; one that none has is a custom field, and weighs as little as `Id`. */
function weightOf(cell: string): number {
  const count = occurrences(cell)
  return count === 0 ? LEAST_WEIGHT : Math.max(LEAST_WEIGHT, 1 / Math.sqrt(count))
}

const LEAST_WEIGHT = 0.15

let counts: ReadonlyMap<string, number> | undefined

/** How many record types have a column of that name. */
function occurrences(cell: string): number {
  counts ??= countHeaders()
  return counts.get(cell) ?? 0
}

function countHeaders(): ReadonlyMap<string, number> {
  const counted = new Map<string, number>()
  for (const { records } of listSchemas()) {
    for (const { headers } of records) {
      for (const header of headers) counted.set(header, (counted.get(header) ?? 0) + 1)
    }
  }
  return counted
}
