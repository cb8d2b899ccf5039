/** A slot holds a row in its upper 24 bits and 8 bits of its hash in the others, so that few wrong rows are looked up. */
const TAG_BITS = 8

/** The largest number of a row that a slot holds. */
export const LAST_SLOT_ROW = 2 ** (32 - TAG_BITS) - 1

/** The eight bits of the upper half of a hash that a slot holds. */
export function tagOf(high: number): number {
  return (high >>> 16) & 0xff
}

/** @param row From 1, so that no slot is 0: that is a free one. */
export function slotOf(row: number, tag: number): number {
  return ((row << TAG_BITS) | tag) >>> 0
}

/** The row of a slot, 0 where it holds another tag. */
export function rowOfSlot(slot: number, tag: number): number {
  return (slot & 0xff) === tag ? slot >>> TAG_BITS : 0
}

/** The first free slot from one on. */
export function freeSlot(slots: Uint32Array, start: number): number {
  let at = start
  while (slots[at] !== 0) at = (at + 1) & (slots.length - 1)
  return at
}
