import type { HoldEvidence } from '../app/index.ts'
import { decisionWords } from './decision-words.ts'
import type { Io } from './io.ts'
import { tableText } from './print-table.ts'
import { counted, instantText, shown } from './words.ts'

type Place = Extract<HoldEvidence['server'], { looked: true }>['places'][number]

const ROLES: Readonly<Record<Place['role'], string>> = {
  folder: 'final name',
  archive: 'archive',
  staging: 'temporary name',
}

/** Puts on the screen what a person needs who decides about something that is held. */
export function tellEvidence(io: Io, evidence: HoldEvidence): void {
  const { file, part, flow, name, reason, earlier, newer, behind } = evidence
  io.out(`${shown(name)} is ${part?.state ?? file.state}, in flow ${flow}`)
  io.out(`  why: ${reason}`)
  io.out(
    `  ${evidence.kind === 'export' ? 'export' : 'source'}: ${shown(file.name)}, accepted ${instantText(file.acceptedAt)}, ` +
      `${counted(file.sizeBytes, 'byte')}, SHA-256 ${file.sha256}, reference ${file.id}`,
  )
  if (part !== undefined) {
    const rows = `${counted(part.rows, 'row')}, ${part.firstRow} to ${part.lastRow} of the source`
    io.out(
      `  part ${part.number} of ${evidence.parts.length}: ${rows}, ${counted(part.sizeBytes, 'byte')}, SHA-256 ${part.sha256}`,
    )
  }
  if (earlier !== undefined) io.out(`  the same content: ${about(earlier)}`)
  for (const each of newer) io.out(`  newer than that: ${about(each)}`)
  io.out('')
  tellServer(io, evidence)
  tellStory(io, evidence)
  if (behind.length > 0) {
    io.out(`${counted(behind.length, 'part')} for the same folder ${behind.length === 1 ? 'waits' : 'wait'} behind it:`)
    for (const each of behind.slice(0, SHOWN)) io.out(`  ${each.name}, ${counted(each.rows, 'row')}, ${each.state}`)
    if (behind.length > SHOWN) io.out(`  and ${behind.length - SHOWN} more`)
    io.out('')
  }
  const words = decisionWords(evidence)
  io.out('What a decision does:')
  io.out(`  flatgate hold release ${name}\n    ${words.release}`)
  io.out(`  flatgate hold drop ${name}\n    ${words.drop}`)
}

/** House: what fits on a screen. */
const SHOWN = 10

function about({ name, id, state, acceptedAt }: HoldEvidence['file']): string {
  return `${shown(name)}, accepted ${instantText(acceptedAt)}, ${state}, reference ${id}`
}

function tellServer(io: Io, { server }: HoldEvidence): void {
  if (!server.looked) {
    io.out(`The server was not looked at: ${server.why}\n`)
    return
  }
  io.out(`What the server shows, ${instantText(server.at)}:`)
  const rows = server.places.map((place) => [`  ${ROLES[place.role]}`, shown(place.path), foundText(place)])
  io.out(`${tableText(['  place', 'path', 'there'], rows)}\n`)
}

function foundText({ found, trouble }: Place): string {
  if (trouble !== undefined) return `cannot be looked at: ${trouble}`
  if (found === undefined) return 'nothing'
  const { sizeBytes, modifiedAt, isOurs } = found
  const hash = 'sha256' in found && found.sha256 !== undefined ? `, SHA-256 ${found.sha256}` : ''
  const time = modifiedAt === undefined ? '' : `, of ${instantText(modifiedAt)}`
  return `${isOurs ? 'ours' : 'ANOTHER FILE'}: ${counted(sizeBytes, 'byte')}${time}${hash}`
}

function tellStory(io: Io, { steps, part, parts }: HoldEvidence): void {
  const nameOf = new Map(parts.map(({ id, name }) => [id, name]))
  // What happened to other parts of the file says nothing of this one.
  const own = steps.filter(({ partId }) => part === undefined || partId === undefined || partId === part.id)
  const rows = own.map(({ at, step, facts, partId }) => [
    `  ${instantText(at)}`,
    step,
    Object.entries(facts)
      .filter(([key, value]) => value !== '' && !(key === 'part' && nameOf.get(partId ?? '') === value))
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
  ])
  io.out(`What happened:\n${tableText(['  at', 'step', 'facts'], rows)}\n`)
}
