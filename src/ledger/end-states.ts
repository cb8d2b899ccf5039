import type { FileState, PartState } from './records.ts'

/** Every state of a file, and whether it is an end. The words alone: what may follow what is `delivery`'s. */
export const FILE_ENDS: Readonly<Record<FileState, boolean>> = {
  accepted: false,
  rejected: true,
  unpacked: true,
  empty: true,
  repeated: true,
  prepared: false,
  placed: false,
  taken: true,
  held: false,
  dropped: true,
  fetched: false,
  published: false,
  collected: true,
}

/** Every state of a part, and whether it is an end. */
export const PART_ENDS: Readonly<Record<PartState, boolean>> = {
  prepared: false,
  placing: false,
  renaming: false,
  placed: false,
  'never-taken': false,
  taken: true,
  vanished: false,
  held: false,
  dropped: true,
}

/** The states that are ends, or those that are not. */
export function statesThat<S extends string>(ends: Readonly<Record<S, boolean>>, isEnd: boolean): readonly S[] {
  return (Object.keys(ends) as S[]).filter((state) => ends[state] === isEnd)
}
