import { GatewayError } from '../base/index.ts'

/**
 * The releases that the definitions know, oldest first. R26 and R36 to R44 are missing because no format workbook of
 * them was at hand; `2026` is the documentation of April 2026.
 */
export const RELEASES = [
  'R21',
  'R22',
  'R23',
  'R24',
  'R25',
  'R27',
  'R28',
  'R29',
  'R30',
  'R31',
  'R32',
  'R33',
  'R34',
  'R35',
  '2026',
] as const

/** A release of {@link RELEASES}. */
export type Release = (typeof RELEASES)[number]

/** What a file is judged by where nobody names a release: the current documentation. */
export const DEFAULT_RELEASE: Release = '2026'

/**
 * A release from what a person wrote: `R35`, `r35`, `35`, `2026`.
 *
 * @throws {GatewayError} `RELEASE_UNKNOWN` with the releases there are.
 */
export function parseRelease(text: string): Release {
  const wanted = text
    .trim()
    .toUpperCase()
    .replace(/^R?(?=\d{2}$)/, 'R')
  const found = RELEASES.find((release) => release === wanted)
  if (found === undefined) throw new GatewayError('RELEASE_UNKNOWN', { release: text, known: RELEASES.join(', ') })
  return found
}

/** Whether the `releases` text of a definition (`R21-`, `R21-R31`, `R24,2026-`) covers a release. */
export function isInRelease(releases: string, release: Release): boolean {
  const at = RELEASES.indexOf(release)
  return spansOf(releases).some(({ first, last }) => first <= at && at <= last)
}

/** The newest release that the `releases` text of a definition covers. */
export function lastRelease(releases: string): Release {
  const last = spansOf(releases).at(-1)?.last ?? RELEASES.length - 1
  return RELEASES[last] ?? DEFAULT_RELEASE
}

/**
 * The `releases` text of a definition in words.
 *
 * @example
 * describeReleases('R24-') // 'seen since R24'
 * describeReleases('R21-R31') // 'seen from R21 to R31; absence afterwards does not prove that Coupa removed it'
 */
export function describeReleases(releases: string): string {
  const spans = spansOf(releases)
  const newest = RELEASES.length - 1
  const words = spans.map(({ first, last }) => {
    if (first === newest) return 'in the documentation of 2026'
    if (last === newest) return `since ${RELEASES[first]}`
    return first === last ? `in ${RELEASES[first]}` : `from ${RELEASES[first]} to ${RELEASES[last]}`
  })
  const isGone = spans.every(({ last }) => last < newest)
  return `seen ${words.join(' and ')}${isGone ? '; absence afterwards does not prove that Coupa removed it' : ''}`
}

interface Span {
  /** Positions in {@link RELEASES}. */
  readonly first: number
  readonly last: number
}

function spansOf(releases: string): readonly Span[] {
  return releases.split(',').map((span) => {
    const [from = '', to] = span.split('-')
    const first = positionOf(from)
    if (to === undefined) return { first, last: first }
    return { first, last: to === '' ? RELEASES.length - 1 : positionOf(to) }
  })
}

/** Spans are checked when a definition is read, so that an unknown release here is a fault of the program. */
function positionOf(release: string): number {
  const position = RELEASES.findIndex((known) => known === release)
  if (position < 0) throw new GatewayError('RELEASE_UNKNOWN', { release, known: RELEASES.join(', ') })
  return position
}
