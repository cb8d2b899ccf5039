/** Stands in no cell that a person has typed. */
const KEY_JOINT = '\u001f'

/** A key of several columns as one text, as it is remembered; outer blanks of cells do not count. */
export function joinKey(texts: readonly string[]): string {
  return texts.map((text) => text.trim()).join(KEY_JOINT)
}

/** The cells of a key. */
export function splitKey(key: string): readonly string[] {
  return key.split(KEY_JOINT)
}
