import type { AlarmRecord, LedgerReader } from '../ledger/index.ts'
import { arrivalEnding } from './arrival-condition.ts'

/** What ended the condition of an alarm about a flow, a file or a part, in words; read out of the ledger. */
export async function endingOf(ledger: LedgerReader, alarm: AlarmRecord): Promise<string> {
  const { kind, subject, flow = '' } = alarm
  switch (kind) {
    case 'never-taken':
    case 'vanished':
    case 'held':
      return (await stateNow(ledger, alarm)) ?? 'it is settled'
    case 'stuck':
      return (await stateNow(ledger, alarm)) ?? 'it has moved on'
    case 'rejected':
      return 'the same file came again and passed'
    case 'not-arrived':
      return arrivalEnding(ledger, flow, subject)
    case 'left-behind':
      return 'it is gone from the drop folder'
    case 'run-failed':
      return 'a run got through'
    case 'drop-folder':
      return 'the drop folder can be used again'
    case 'disk-full':
      return 'there is space again'
    case 'server-unreachable':
    case 'login-refused':
    case 'host-key-changed':
      return 'the server answers, and took the login'
    default:
      return 'it is over'
  }
}

async function stateNow(ledger: LedgerReader, { about, subject, flow }: AlarmRecord): Promise<string | undefined> {
  if (about === 'file') {
    const file = await ledger.findFile(subject)
    return file && `${file.name} is ${file.state} now`
  }
  for (const { id } of await ledger.findFiles({ idOrName: subject, ...(flow === undefined ? {} : { flow }) })) {
    const part = (await ledger.partsOf(id)).find(({ name }) => name === subject)
    if (part !== undefined) return `it is ${part.state} now${part.evidence === undefined ? '' : `: ${part.evidence}`}`
  }
  return undefined
}
