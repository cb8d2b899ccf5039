/** Texts remembered: a wrong word mostly stands in many rows, and there are few different ones. */
const MAX_TEXTS = 500

/**
 * A function that works out its answer once per text, for the first texts it is asked about. For answers that cost a
 * search through a list, which a file full of faults would ask for in every row.
 */
export function remembered<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = answer(text)
    if (known.size < MAX_TEXTS) known.set(text, made)
    return made
  }
}
