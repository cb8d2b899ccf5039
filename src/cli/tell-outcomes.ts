import type { FlowOutcome } from '../app/index.ts'
import { ERROR_TABLE } from '../base/index.ts'
import { Exit, type ExitCode, type Io } from './io.ts'
import { tableText } from './print-table.ts'

/** Tells what passes did: JSON on request, else a table and the notes that a person must see. */
export function tellOutcomes(io: Io, outcomes: readonly FlowOutcome[], isJson: boolean): ExitCode {
  if (isJson) io.out(JSON.stringify({ version: 1, flows: outcomes.map(asJson) }, undefined, 2))
  else tellPlainly(io, outcomes)
  return exitOf(outcomes)
}

function tellPlainly(io: Io, outcomes: readonly FlowOutcome[]): void {
  const rows = outcomes.flatMap(({ flow, files }) =>
    files.map((file) => [flow, file.name, file.state, file.rows ?? '-', file.reason ?? '', file.id]),
  )
  if (rows.length > 0) io.out(tableText(['flow', 'file', 'state', 'rows', 'remark', 'reference'], rows))
  else io.out('Nothing new.')
  for (const { flow, waiting, refused, held, watched, failure } of outcomes) {
    for (const name of waiting) io.err(`${flow}: ${name} is still changing; the next pass looks again`)
    for (const { name, reason } of refused) io.err(`${flow}: ${name} ${reason}`)
    for (const { name, evidence = '' } of held)
      io.err(`${flow}: ${name} is held: ${evidence}\n  → see \`flatgate hold list\``)
    for (const { name, state, evidence = '' } of watched)
      if (state !== 'placed') io.err(`${flow}: ${name} is ${state}: ${evidence}`)
    if (failure) io.err(`${flow}: ${failure.message}\n  → ${ERROR_TABLE[failure.code].next}`)
  }
}

function asJson({ failure, ...outcome }: FlowOutcome): object {
  return failure === undefined
    ? outcome
    : {
        ...outcome,
        failure: {
          code: failure.code,
          message: failure.message,
          retry: failure.retry,
          next: ERROR_TABLE[failure.code].next,
        },
      }
}

/** The gravest of what happened: unclear, permanent, temporary, rejected, done. */
function exitOf(outcomes: readonly FlowOutcome[]): ExitCode {
  const failures = outcomes.flatMap(({ failure }) => (failure ? [ERROR_TABLE[failure.code].exit] : []))
  const isUnclear = outcomes.some(({ held, files }) => held.length > 0 || files.some(({ state }) => state === 'held'))
  if (isUnclear || failures.includes(Exit.unclear)) return Exit.unclear
  if (failures.includes(Exit.permanent) || failures.includes(Exit.usage)) return Exit.permanent
  if (failures.length > 0) return Exit.temporary
  return outcomes.some(({ files }) => files.some(({ state }) => state === 'rejected')) ? Exit.findings : Exit.done
}
