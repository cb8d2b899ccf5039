/** How a field stands in the file; the numbers are summed. */
export const FIELD = Object.freeze({ plain: 0, quoted: 1, doubled: 2, tail: 4, stray: 8, open: 16 })
