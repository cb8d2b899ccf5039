import type { FileRecord, PartRecord } from '../ledger/index.ts'
import { acceptCopy, acceptDropped, resumeClaims } from './accept.ts'
import { confirmParts } from './confirm.ts'
import type { DropFolder, DropLook } from './drop-folder.ts'
import { refreshReports } from './file-source.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { type HeldPart, decideHeldPart, listHeldParts } from './hold.ts'
import { judgeAcceptedFiles } from './judge.ts'
import { type Placing, placeWaitingParts } from './place.ts'
import { deliveryReport } from './report.ts'

/** What one look into the drop folder led to. */
export interface Intake {
  /** Files whose state changed; members of archives included. */
  readonly files: readonly FileRecord[]
  /** What was seen and left for a later look, or for a person. */
  readonly look: DropLook
}

/** The way of the files of one flow into Coupa, step by step. Every step takes up what an earlier one left undone. */
export interface Delivery {
  readonly flow: ImportFlow
  /** Takes in what is stable, judges and prepares it. Needs no server. */
  takeIn(): Promise<Intake>
  /** Takes in a copy of one file, whatever folder it lies in. */
  takeInCopy(path: string, name: string): Promise<readonly FileRecord[]>
  /** Puts what is prepared on the server. */
  place(): Promise<Placing>
  /** Looks what the receiver did; gives what is still under watch. */
  confirm(): Promise<readonly PartRecord[]>
  held(): Promise<readonly HeldPart[]>
  decide(held: HeldPart, decision: 'release' | 'drop'): Promise<PartRecord['state']>
}

/** A {@link Delivery} for one flow. */
export function createDelivery(tools: DeliveryTools, flow: ImportFlow, dropFolder: DropFolder): Delivery {
  /** Reports beside sent files say how far they are. */
  async function reportProgress(fileIds: Iterable<string>): Promise<void> {
    for (const id of new Set(fileIds)) {
      const file = await tools.ledger.findFile(id)
      if (file === undefined) continue
      const notices = (await tools.ledger.eventsOf(id)).find(({ step }) => step === 'prepared')?.facts['notices']
      const told = typeof notices === 'string' ? notices.split('\n') : []
      await refreshReports(tools, file, [deliveryReport(file, await tools.ledger.partsOf(id), told)])
    }
  }

  return {
    flow,
    async takeIn() {
      const resumed = await resumeClaims(tools, flow)
      const look = await dropFolder.look()
      for (const name of look.stable) {
        if (tools.signal?.aborted) break
        await acceptDropped(tools, flow, name)
      }
      if (resumed.length > 0) tools.log.warn('finished what an earlier process had begun', { files: resumed.length })
      return { files: await judgeAcceptedFiles(tools, flow), look }
    },
    async takeInCopy(path, name) {
      await acceptCopy(tools, flow, path, name)
      return judgeAcceptedFiles(tools, flow)
    },
    async place() {
      const placing = await placeWaitingParts(tools, flow)
      await reportProgress(placing.placed.map(({ fileId }) => fileId))
      return placing
    },
    async confirm() {
      const watched = await tools.ledger.partsInState(['placed', 'never-taken', 'vanished'], flow.name)
      const open = await confirmParts(tools, flow)
      const stillSame = new Set(
        open.filter(({ id, state }) => watched.some((w) => w.id === id && w.state === state)).map(({ id }) => id),
      )
      await reportProgress(watched.filter(({ id }) => !stillSame.has(id)).map(({ fileId }) => fileId))
      return open
    },
    held: () => listHeldParts(tools, flow.name),
    decide: (held, decision) => decideHeldPart(tools, flow, held, decision),
  }
}
