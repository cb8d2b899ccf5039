import type { FlowOutcome } from '../app/index.ts'
import { ERROR_TABLE } from '../base/index.ts'
import type { AlarmKind, AlarmRecord } from '../ledger/index.ts'
import { alarmAsJson, alarmLine } from './alarm-words.ts'
import { Exit, type ExitCode, type Io } from './io.ts'
import { tableText } from './print-table.ts'
import { shown } from './words.ts'

/** How outcomes are told. */
export interface Telling {
  readonly isJson: boolean
  /** Whether somebody waited until Coupa had taken everything: then what was not taken is a failure. */
  readonly isAwaited?: boolean
  /** Alarms that these passes raised. */
  readonly alarms: readonly AlarmRecord[]
  /** What the JSON document has besides. */
  readonly besides?: object
}

/** Tells what passes did: JSON on request, else a table and the notes that a person must see. */
export function tellOutcomes(
  io: Io,
  outcomes: readonly FlowOutcome[],
  { isJson, isAwaited, alarms, besides }: Telling,
): ExitCode {
  if (isJson) {
    const told = { ...besides, flows: outcomes.map(asJson), alarms: alarms.map(alarmAsJson) }
    io.out(JSON.stringify({ version: 1, ...told }, undefined, 2))
  } else {
    tellPlainly(io, outcomes)
    tellAlarms(io, alarms)
  }
  const late = outcomes.flatMap(({ watched }) => watched.filter(({ state }) => isAwaited || state === 'never-taken'))
  if (isAwaited && !isJson)
    for (const { name } of late) io.err(`${name} was not taken in this time\n  → \`flatgate run\` asks again`)
  return exitOf(outcomes, late.length > 0)
}

function tellPlainly(io: Io, outcomes: readonly FlowOutcome[]): void {
  const rows = outcomes.flatMap(({ flow, files }) =>
    files.map((file) => [flow, file.name, file.state, file.rows ?? '-', file.reason ?? '', file.id]),
  )
  if (rows.length > 0) io.out(tableText(['flow', 'file', 'state', 'rows', 'remark', 'reference'], rows))
  else if (outcomes.every(({ failure }) => failure === undefined)) io.out('Nothing new.')
  else io.out('The pass ended early; the next one goes on where it stopped. `flatgate status` shows how far that is.')
  for (const outcome of outcomes) tellNotes(io, outcome)
}

function tellNotes(io: Io, { flow, files, waiting, refused, held, heldFiles, watched, failure }: FlowOutcome): void {
  for (const name of waiting) io.err(`${flow}: ${shown(name)} is still changing; the next pass looks again`)
  for (const { name, reason } of refused) io.err(`${flow}: ${shown(name)} ${reason}`)
  for (const { name, evidence = '' } of held)
    io.err(`${flow}: ${name} is held: ${evidence}\n  → see \`flatgate hold show ${name}\``)
  for (const { id, name, reason = '' } of heldFiles)
    io.err(`${flow}: ${shown(name)} is held: ${reason}\n  → see \`flatgate hold show ${id}\``)
  for (const { name, state, earlierId } of files)
    if (state === 'repeated')
      io.err(
        `${flow}: ${shown(name)} was not sent, its content was accepted before\n  → is it meant to be sent again? \`flatgate resend ${earlierId}\`, or \`flatgate send FILE --flow ${flow} --force\``,
      )
  for (const { name, state, evidence = '' } of watched)
    if (state === 'never-taken') io.err(`${flow}: ${name} is ${state}: ${evidence}`)
  if (failure) io.err(`${flow}: ${failure.message}\n  → ${ERROR_TABLE[failure.code].next}`)
}

/** Kinds whose reasons the lines above have told already. */
const TOLD: readonly AlarmKind[] = [
  'never-taken',
  'held',
  'rejected',
  'left-behind',
  'run-failed',
  'drop-folder',
  'disk-full',
  'server-unreachable',
  'login-refused',
  'host-key-changed',
]

function tellAlarms(io: Io, alarms: readonly AlarmRecord[]): void {
  for (const alarm of alarms) {
    if (!TOLD.includes(alarm.kind)) io.err(`alarm: ${alarmLine(alarm)}\n  → ${alarm.next}`)
  }
}

function asJson({ failure, ...outcome }: FlowOutcome): object {
  if (failure === undefined) return outcome
  const { code, message, retry } = failure
  return { ...outcome, failure: { code, message, retry, next: ERROR_TABLE[code].next } }
}

/** The gravest first: outcome unclear, permanent, configuration, temporary. */
const GRAVITY = [Exit.unclear, Exit.fault, Exit.permanent, Exit.usage, Exit.temporary] as const

/** The gravest of what happened; then a rejected file, then done. */
function exitOf(outcomes: readonly FlowOutcome[], isLate: boolean): ExitCode {
  const exits = new Set<ExitCode>(outcomes.flatMap(({ failure }) => (failure ? [ERROR_TABLE[failure.code].exit] : [])))
  const isHeld = outcomes.some(
    ({ held, heldFiles, files }) => held.length + heldFiles.length > 0 || files.some(({ state }) => state === 'held'),
  )
  if (isHeld) exits.add(Exit.unclear)
  if (isLate) exits.add(Exit.temporary)
  const gravest = GRAVITY.find((exit) => exits.has(exit))
  if (gravest !== undefined) return gravest
  return outcomes.some(({ files }) => files.some(({ state }) => state === 'rejected')) ? Exit.findings : Exit.done
}
