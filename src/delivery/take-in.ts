import { asGatewayError, GatewayError } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import { acceptDropped, resumeClaims } from './claim.ts'
import type { DropFolder, DropLook, StableFile } from './drop-folder.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { judgeAcceptedFiles } from './judge.ts'

/** What one look into the drop folder led to. */
export interface Intake {
  /** Files whose state changed; members of archives included. */
  readonly files: readonly FileRecord[]
  /** What was seen and left for a later look, or for a person. */
  readonly look: DropLook
  /** What ended the taking in early. What was prepared before can be placed all the same. */
  readonly failure?: GatewayError
}

/** House: no file takes a day to be copied or cut; what is older was left by a crash. */
const DRAFT_AGE_MS = 24 * 60 * 60_000

/**
 * Takes in what is stable in the drop folder, one file after the other: accepted, judged and prepared before the next
 * one is touched, so that the files of an archive stand in the ledger before what was dropped after it.
 */
export async function takeIn(tools: DeliveryTools, flow: ImportFlow, dropFolder: DropFolder): Promise<Intake> {
  const files: FileRecord[] = []
  let look: DropLook = { stable: [], waiting: [], refused: [] }
  try {
    await tidy(tools, flow, dropFolder)
    files.push(...(await judgeAcceptedFiles(tools, flow)))
    look = await dropFolder.look()
    for (const file of look.stable) {
      if (tools.signal?.aborted) break
      const left = await acceptOne(tools, flow, file)
      if (left?.isChanging) look = { ...look, waiting: [...look.waiting, file.name] }
      else if (left) look = { ...look, refused: [...look.refused, { name: file.name, reason: left.reason }] }
      files.push(...(await judgeAcceptedFiles(tools, flow)))
    }
    return { files, look }
  } catch (cause) {
    const failure = asGatewayError(cause, flow.dropFolder)
    if (!(failure instanceof GatewayError)) throw failure
    return { files, look, failure }
  }
}

/** Finishes what an earlier process had begun, and removes what it left. */
async function tidy(tools: DeliveryTools, flow: ImportFlow, dropFolder: DropFolder): Promise<void> {
  const old = new Date(tools.clock.now().getTime() - DRAFT_AGE_MS)
  const swept = (await tools.contents.sweep(old)) + (await dropFolder.sweep())
  if (swept > 0) tools.log.warn('removed drafts that an earlier process had left', { drafts: swept })
  const { filedAway, putBack, foreign } = await resumeClaims(tools, flow)
  if (filedAway + putBack > 0) tools.log.warn('finished what an earlier process had begun', { filedAway, putBack })
  if (foreign.length > 0) {
    tools.log.warn('left alone: this folder is flatgate’s own', { folder: '.claimed', names: foreign.join(', ') })
  }
}

/** @returns Why a file was left, where it was; a fault of one file is no reason to leave the others. */
async function acceptOne(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: StableFile,
): Promise<{ reason: string; isChanging: boolean } | undefined> {
  try {
    await acceptDropped(tools, flow, file)
    return undefined
  } catch (cause) {
    const error = asGatewayError(cause, file.name)
    if (!(error instanceof GatewayError)) throw error
    switch (error.code) {
      case 'FILE_CHANGED':
      case 'FILE_NOT_FOUND':
        return { reason: error.message, isChanging: true }
      case 'FILE_UNSAFE':
      case 'FILE_UNREADABLE':
        return { reason: `cannot be taken: ${error.message}`, isChanging: false }
      default:
        throw error
    }
  }
}
