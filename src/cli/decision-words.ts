import type { HoldEvidence } from '../app/index.ts'

/** What each decision about something that is held will do, a sentence each. */
export interface DecisionWords {
  readonly release: string
  readonly drop: string
}

/** Says what will come of each decision, as far as what the server shows now tells it. */
export function decisionWords(evidence: HoldEvidence): DecisionWords {
  switch (evidence.kind) {
    case 'export':
      return aboutExport(evidence)
    case 'file':
      return aboutFile(evidence)
    default:
      return aboutPart(evidence)
  }
}

function aboutExport({ server }: HoldEvidence): DecisionWords {
  const drop = 'it is not published and never taken again; what the server has is left alone'
  const found = server.looked ? server.places[0]?.found : undefined
  if (server.looked && !found?.isOurs) {
    const why = found === undefined ? 'the server has it no more' : 'the server has another file of that name now'
    return { release: `is refused: ${why}`, drop }
  }
  return { release: 'it is fetched once more and published as it is, damaged or not', drop }
}

function aboutFile({ earlier, newer }: HoldEvidence): DecisionWords {
  const drop = 'nothing of it is sent'
  if (earlier === undefined) return { release: 'the next pass tries to judge it anew; good, it is sent', drop }
  const names = newer.map(({ name }) => name).join(', ')
  const last = newer.length === 0 ? '' : `, behind ${names}: for rows that they share its older state will be the last`
  return { release: `it is checked and sent with the next pass${last}`, drop }
}

function aboutPart({ server, part, behind }: HoldEvidence): DecisionWords {
  const on = behind.length === 0 ? '' : `; the ${behind.length} behind it go on`
  const places = server.looked ? server.places.filter(({ role, found }) => role !== 'staging' && found) : []
  const [place] = places
  if (place?.found?.isOurs) {
    const state = place.role === 'archive' ? 'taken' : 'placed'
    const only = `nothing is sent: it is written down as ${state}, for it lies at ${place.path}${on}`
    return { release: only, drop: only }
  }
  if (place !== undefined) {
    return {
      release: `is refused: another file lies at ${place.path}; have it looked at first`,
      drop: `it is never sent, and the file at ${place.path} is left alone${on}`,
    }
  }
  const looked = server.looked
    ? ''
    : 'the server is looked at first; where it is there after all, that is written down and nothing is sent; else '
  return {
    release: `${looked}it is sent again as ${part?.name ?? 'before'} with the next pass. Had Coupa taken it, its rows are loaded twice: look in Coupa first${on}`,
    drop: `${looked}it is never sent. Had Coupa not taken it, its rows are missing there${on}`,
  }
}
