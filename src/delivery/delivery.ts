import { asGatewayError } from '../base/index.ts'
import type { FileRecord, PartRecord } from '../ledger/index.ts'
import { acceptCopy, type CopyOrder } from './accept.ts'
import { confirmParts } from './confirm.ts'
import type { DropFolder } from './drop-folder.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { decideHeldFile, decideHeldPart, type Decision, type HeldPart, listHeldFiles, listHeldParts } from './hold.ts'
import { lookAround, type ServerPlace } from './look-around.ts'
import { type Placing, placeWaitingParts } from './place.ts'
import { type FilePreview, previewFile } from './preview.ts'
import { reportProgress } from './progress.ts'
import { targetOf } from './repeat.ts'
import { planResend, resend, type ResendPlan, type ResendWish } from './resend.ts'
import { rememberTakenParts } from './remember-taken.ts'
import { type Intake, takeIn } from './take-in.ts'

/**
 * The way of the files of one flow into Coupa, step by step. Every step takes up what an earlier one left undone.
 * Steps of one flow must not run side by side, here or in another process: whoever calls them holds its lease.
 */
export interface Delivery {
  readonly flow: ImportFlow
  /** Takes in what is stable, judges and prepares it. Needs no server. */
  takeIn(): Promise<Intake>
  /** Accepts a copy of one file, whatever folder it lies in; the next taking in judges it. Needs no lease. */
  takeInCopy(copy: CopyOrder): Promise<readonly FileRecord[]>
  /** What would become of a file. Records nothing, sends nothing. */
  preview(path: string, choice?: { readonly isForced: boolean }): Promise<readonly FilePreview[]>
  /** Puts what is prepared on the server. */
  place(): Promise<Placing>
  /** Looks what the receiver did; gives what is still under watch. */
  confirm(): Promise<readonly PartRecord[]>
  held(): Promise<readonly HeldPart[]>
  decide(held: HeldPart, decision: Decision): Promise<PartRecord['state']>
  /** Files that are held before they were made into parts: flatgate could not judge them. */
  heldFiles(): Promise<readonly FileRecord[]>
  decideFile(fileId: string, decision: Decision): Promise<FileRecord['state']>
  /** What the server shows of a part right now, wherever it may be. @throws {GatewayError} It cannot be reached. */
  lookAround(part: PartRecord): Promise<readonly ServerPlace[]>
  /** Files for the same object and place that were accepted after one, and sent or about to be. */
  sentSince(file: FileRecord): Promise<readonly FileRecord[]>
  /** What a resend would send, and what is newer. @throws {GatewayError} As `resend.ts` lists them. */
  planResend(wish: ResendWish): Promise<ResendPlan>
  /** Has sent again what was sent before; the next placing does it. @throws {GatewayError} As `resend.ts` lists them. */
  resend(wish: ResendWish, isEvenIfNewer: boolean): Promise<readonly FileRecord[]>
}

/** Files of which something is at the receiver, or about to be. */
const SENT = ['prepared', 'placed', 'taken'] as const

/** A {@link Delivery} for one flow. */
export function createDelivery(tools: DeliveryTools, flow: ImportFlow, dropFolder: DropFolder): Delivery {
  return {
    flow,
    takeIn: () => takeIn(tools, flow, dropFolder),
    takeInCopy: (copy) => onThisMachine(async () => [await acceptCopy(tools, flow, copy)]),
    preview: (path, choice) => previewFile(tools, choice?.isForced ? { ...flow, repeats: 'send' } : flow, path),
    place: () => onThisMachine(() => placeAndReport(tools, flow)),
    confirm: () =>
      onThisMachine(async () => {
        const { open, changed, failure } = await confirmParts(tools, flow)
        await reportProgress(
          tools,
          flow,
          changed.map(({ fileId }) => fileId),
        )
        await rememberTakenParts(tools, flow)
        if (failure !== undefined) throw failure
        return open
      }),
    held: () => listHeldParts(tools, flow.name),
    decide: (held, decision) =>
      onThisMachine(async () => {
        const state = await decideHeldPart(tools, flow, held, decision)
        await reportProgress(tools, flow, [held.file.id])
        return state
      }),
    lookAround: (part) => onThisMachine(() => lookAround(tools, flow, part)),
    sentSince: ({ id, object }) => {
      const target = targetOf(tools.connection.label, flow)
      return tools.ledger.findSince({ flow: flow.name, object, target }, { afterId: id, states: SENT })
    },
    planResend: (wish) => onThisMachine(() => planResend(tools, flow, wish)),
    resend: (wish, isEvenIfNewer) =>
      onThisMachine(async () => {
        const files = await resend(tools, flow, wish, isEvenIfNewer)
        await reportProgress(
          tools,
          flow,
          files.map(({ id }) => id),
        )
        return files
      }),
    heldFiles: () => listHeldFiles(tools, flow.name),
    decideFile: (fileId, decision) =>
      onThisMachine(async () => {
        const state = await decideHeldFile(tools, fileId, decision)
        await reportProgress(tools, flow, [fileId])
        return state
      }),
  }
}

/** Places what waits. What was placed before a failure is told beside its source all the same. */
async function placeAndReport(tools: DeliveryTools, flow: ImportFlow): Promise<Placing> {
  const fileIds: string[] = []
  const [outcome] = await Promise.allSettled([
    placeWaitingParts(tools, flow, ({ fileId }) => void fileIds.push(fileId)),
  ])
  const held = outcome.status === 'fulfilled' ? outcome.value.held : undefined
  const [told] = await Promise.allSettled([reportProgress(tools, flow, [...fileIds, ...(held ? [held.fileId] : [])])])
  // Why the placing ended tells more than a report that could not be written.
  if (outcome.status === 'rejected') throw outcome.reason
  if (told.status === 'rejected') throw told.reason
  return outcome.value
}

/** Errors of the operating system come out as errors of the table. */
async function onThisMachine<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw asGatewayError(cause)
  }
}
