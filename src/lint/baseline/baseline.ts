import { type Finding, GatewayError } from '../../base/index.ts'

/** Findings that somebody has looked at and accepts, told by what they are about and not by their line. */
export interface AcceptedFinding {
  readonly object: string
  readonly direction: string
  readonly code: string
  /** Key of the record: `Login=ann`. */
  readonly record: string
  readonly column?: string
  /** How many such findings there are. */
  readonly count: number
}

/** The object of a file that is linted. */
export interface BaselineSubject {
  readonly object: string
  readonly direction: string
}

/** The accepted findings of a run, used up as they are found. */
export interface Baseline {
  /** For `isAccepted` of the linter of one file. */
  acceptFor(subject: BaselineSubject): (finding: Finding, recordKey: string) => boolean
  /** What was accepted and not found, of objects that were linted and rules that ran. */
  leftOver(ranRules: (object: string) => ReadonlySet<string>): readonly AcceptedFinding[]
}

/** Makes a baseline of accepted findings. One file may use up what another one had: what counts is the sum. */
export function createBaseline(accepted: readonly AcceptedFinding[]): Baseline {
  const left = new Map(accepted.map((entry) => [keyOf(entry), entry.count]))
  const linted = new Set<string>()
  return {
    acceptFor({ object, direction }) {
      linted.add(`${object} ${direction}`)
      return (finding, record) => {
        const key = keyOf(entryOf({ object, direction }, finding, record))
        const count = left.get(key) ?? 0
        if (count === 0) return false
        left.set(key, count - 1)
        return true
      }
    },
    leftOver: (ranRules) =>
      accepted.flatMap((entry) => {
        const count = left.get(keyOf(entry)) ?? 0
        const isAsked = linted.has(`${entry.object} ${entry.direction}`) && ranRules(entry.object).has(entry.code)
        return isAsked && count > 0 ? [{ ...entry, count }] : []
      }),
  }
}

/** Takes down every finding of a run, to accept them all. */
export interface BaselineRecorder {
  /** For `isAccepted` of the linter of one file; accepts all. */
  recordFor(subject: BaselineSubject): (finding: Finding, recordKey: string) => boolean
  list(): readonly AcceptedFinding[]
}

/** Makes a recorder. Memory grows with the number of different findings. */
export function createBaselineRecorder(): BaselineRecorder {
  const found = new Map<string, AcceptedFinding>()
  return {
    recordFor: (subject) => (finding, record) => {
      const entry = entryOf(subject, finding, record)
      const key = keyOf(entry)
      found.set(key, { ...entry, count: (found.get(key)?.count ?? 0) + 1 })
      return true
    },
    list: () => [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
  }
}

/** A baseline as it is kept: an entry per line, sorted, so that a change of it can be reviewed. */
export function encodeBaseline(accepted: readonly AcceptedFinding[]): string {
  const lines = accepted.map((entry) => `    ${JSON.stringify(entry)}`)
  return `{\n  "version": 1,\n  "accepted": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** @throws {GatewayError} `CONFIG_INVALID` the text is no baseline; the details name the path and what is wrong. */
export function parseBaseline(text: string, path: string): readonly AcceptedFinding[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new GatewayError(
      'CONFIG_INVALID',
      { path, reason: 'it is not JSON; --write-baseline writes a new one' },
      { cause },
    )
  }
  if (!isObject(content) || content['version'] !== 1 || !Array.isArray(content['accepted']))
    throw new GatewayError('CONFIG_INVALID', {
      path,
      reason: 'it is no baseline of version 1; --write-baseline writes a new one',
    })
  return content['accepted'].map((entry: unknown, index) => {
    if (isAccepted(entry)) return entry
    throw new GatewayError('CONFIG_INVALID', { path, place: `accepted[${index}]`, reason: 'it is no accepted finding' })
  })
}

function entryOf({ object, direction }: BaselineSubject, { code, at }: Finding, record: string): AcceptedFinding {
  const entry = { object, direction, code, record, count: 1 }
  return at.column === undefined ? entry : { ...entry, column: at.column }
}

function keyOf({ object, direction, code, record, column }: AcceptedFinding): string {
  return JSON.stringify([object, direction, code, record, column ?? null])
}

function isAccepted(entry: unknown): entry is AcceptedFinding {
  if (!isObject(entry)) return false
  const { object, direction, code, record, column, count } = entry
  const hasTexts = [object, direction, code, record].every((text) => typeof text === 'string')
  const hasCount = typeof count === 'number' && Number.isSafeInteger(count) && count > 0
  return hasTexts && hasCount && (column === undefined || typeof column === 'string')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
