/** An instant in a sentence for people: `2026-11-20 04:00:00Z`. */
export function instantText(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`
}
