import type { LikeFolder, NotTakenFacts } from './not-taken-facts.ts'

/** Why a part may not have been taken. */
export interface NotTakenReason {
  /** From 0 to 100, to be compared with that of other reasons only. */
  readonly weight: number
  /** What may be the case, what speaks for it, what to do: three short sentences. */
  readonly text: string
}

/**
 * Why Coupa may have left a part where it is, the likeliest first. None is certain: Coupa says nothing about it. Where
 * other folders are emptied the fault lies with this one; where none is, with all.
 */
export function weighNotTakenReasons(facts: NotTakenFacts): readonly NotTakenReason[] {
  const reasons = [...spelling(facts), ...naming(facts), ...disabled(facts), ...standstill(facts)]
  return reasons.toSorted((one, other) => other.weight - one.weight)
}

function spelling({ likeFolders, remoteFolder, takenSince }: NotTakenFacts): readonly NotTakenReason[] {
  // Coupa collects from this folder: it is the right one.
  if (takenSince.here.length > 0) return []
  const act = 'If so, name it in `to` of the flow.'
  return (likeFolders ?? []).map(({ path, archived }: LikeFolder) => ({
    weight: archived > 0 ? 90 : 60,
    text: `Coupa may collect from ${path} instead of ${remoteFolder}: it lies beside it${
      archived > 0 ? ` and its archive holds ${archived} files` : ''
    }. ${act}`,
  }))
}

function naming(facts: NotTakenFacts): readonly NotTakenReason[] {
  const { partName, takenSince, archived, prefix, documentedPrefix } = facts
  const reasons: NotTakenReason[] = []
  if (!/\.(?:csv|zip)$/i.test(partName)) {
    const text = `Coupa may pass the name over: ${partName} ends neither in .csv nor in .zip. Rename it on the server.`
    reasons.push({ weight: 95, text })
  }
  const [later = archived?.newerThanPart] = takenSince.here
  if (later !== undefined) {
    const text = `Coupa may pass the name over, or work on the file right now: ${later}, placed later in the same folder, was taken. Compare the names, and look into the load status in Coupa.`
    reasons.push({ weight: 85, text })
  }
  if (prefix !== documentedPrefix) {
    const text = `Coupa may pass the name over: it begins with ${prefix}, and Coupa documents ${documentedPrefix}. Try without \`prefix\` of the flow.`
    reasons.push({ weight: 40, text })
  }
  return reasons
}

function disabled({ takenSince, archived, remoteFolder }: NotTakenFacts): readonly NotTakenReason[] {
  const [other] = takenSince.elsewhere
  if (other === undefined || takenSince.here.length > 0) return []
  const before = archived === undefined || archived.files === 0
  const evidence = before
    ? `nothing was ever taken from ${remoteFolder} as far as its archive shows`
    : `its archive holds ${archived.files} files, so that it was collected before`
  return [
    {
      weight: before ? 80 : 70,
      text: `The object may not be enabled for SFTP on this instance: ${other} was taken meanwhile, and ${evidence}. Have Coupa support enable it.`,
    },
  ]
}

function standstill({ takenSince, waitingElsewhere }: NotTakenFacts): readonly NotTakenReason[] {
  if (takenSince.here.length + takenSince.elsewhere.length > 0) return []
  const act = 'Look for a maintenance window, and whether the integration is on.'
  if (waitingElsewhere.length > 0) {
    const text = `Coupa may collect nothing at all at the moment: files wait in ${waitingElsewhere.join(', ')} too, and none was taken since. ${act}`
    return [{ weight: 88, text }]
  }
  const text = `Coupa may collect nothing at all at the moment: nothing else was sent since that would show whether it does. ${act}`
  return [{ weight: 50, text }]
}
