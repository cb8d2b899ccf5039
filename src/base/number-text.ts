/** A whole number as people read it: `5,001`. By hand: the engine's own way takes 30 ms to get ready. */
export function numberText(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}
