/** A header text or record type as it is compared: without case, blanks, underscores and trailing stars. */
export function plainName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_\u00a0]+/g, '')
    .replace(/\*+$/, '')
}
