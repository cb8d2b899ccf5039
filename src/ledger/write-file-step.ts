import { checkTransition, GatewayError, type StateTable } from '../base/index.ts'
import type { LedgerWriter } from './ledger.ts'
import type { FileRecord, FileState } from './records.ts'
import type { Change } from './row-codec.ts'

/** A step of a file that changes its state. */
export interface FileStep<S extends FileState> {
  readonly at: Date
  /** The new state, with what else changes. */
  readonly change: Change<Omit<FileRecord, 'id' | 'state' | 'updatedAt'>> & { readonly state: S }
  /** Name of the step in the ledger, where it is not that of the state. */
  readonly step?: string
  readonly facts?: Readonly<Record<string, string | number>>
}

/**
 * Brings a file to its next state and writes the step down: the one way in which a file changes its state.
 *
 * @param table What may follow what, of the room that asks.
 * @param file As it was when the step was decided.
 * @returns The file as it is now.
 * @throws {GatewayError} `FLOW_BUSY` somebody else changed it since it was read.
 * @throws {Error} The table does not have the step, or it lacks its evidence: a fault of the program.
 */
export async function writeFileStep<S extends FileState>(
  writer: LedgerWriter,
  table: StateTable<S>,
  file: Pick<FileRecord, 'id' | 'state'>,
  { at, change, step = change.state, facts = {} }: FileStep<S>,
): Promise<FileRecord> {
  const current = await writer.findFile(file.id)
  if (current?.state !== file.state) {
    throw new GatewayError('FLOW_BUSY', { file: file.id, expected: file.state, found: current?.state ?? 'nothing' })
  }
  const { id, state: from } = current
  checkTransition(table, { id, from, to: change.state, step, carries: { ...facts, ...change } })
  await writer.updateFile(id, { ...change, updatedAt: at })
  const { reason } = change
  await writer.addEvent({ fileId: id, at, step, facts: { ...(reason === undefined ? {} : { reason }), ...facts } })
  return withChange(current, { ...change, updatedAt: at })
}

/** As the ledger does it: what is given as `undefined` goes away. */
function withChange(file: FileRecord, change: Change<FileRecord>): FileRecord {
  const entries = Object.entries({ ...file, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as FileRecord
}

/** How a file came into being. */
export interface BirthStep {
  readonly step: string
  /** When it was accepted, where absent. */
  readonly at?: Date
  readonly facts: Readonly<Record<string, string | number>>
}

/**
 * Writes a new file into the ledger, and how it came into being: the one way in which a file begins.
 *
 * @throws {Error} The table does not have such a beginning: a fault of the program.
 */
export async function writeNewFile<S extends FileState>(
  writer: LedgerWriter,
  table: StateTable<S>,
  file: FileRecord & { readonly state: S },
  { step, at = file.acceptedAt, facts }: BirthStep,
): Promise<void> {
  const { id, state: to } = file
  checkTransition(table, { id, to, step: to, carries: { ...facts, ...file } })
  await writer.insertFile(file)
  await writer.addEvent({ fileId: id, at, step, facts })
}
