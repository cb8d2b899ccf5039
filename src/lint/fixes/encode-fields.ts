/** A field as it will stand in a file. */
export interface FieldToWrite {
  readonly text: string
  readonly isQuoted: boolean
}

/** Must be in quotes to be read back as it is. Matches `a,b`; lets `a b` pass. */
const NEEDS_QUOTES = /[",\n]/

/**
 * A record without its line end. Quotes stay as they were, come where the text needs them, and come everywhere where
 * `quotesAll` says so. Nothing else about the text is changed or refused.
 */
export function encodeFields(fields: readonly FieldToWrite[], quotesAll: boolean): string {
  return fields
    .map(({ text, isQuoted }) =>
      quotesAll || isQuoted || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
    )
    .join(',')
}
