/** `12,5`, `-1234,56`, `0,123`: one comma that is no thousands mark. Lets `1,234` pass, which may be either. */
const COMMA_ALONE = /^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|(?:0|\d{4,}),\d+)$/

/** `12.5`, `1234.567`, `.5`: one point that is no thousands mark. Lets `1.234` pass, which may be either. */
const POINT_ALONE = /^[+-]?(?:\d*\.(?:\d{1,2}|\d{4,})|(?:0|\d{4,})?\.\d+)$/

/** `1.234,56` and `1,234,567.8`: groups of three, then the other mark. Lets `1.23,4` pass. */
const GROUPS_THEN_COMMA = /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/
const GROUPS_THEN_POINT = /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/

/** The decimal mark of a number where the text leaves no doubt; `undefined` for `1234`, `1,234` and what is no number. */
export function decimalMarkOf(text: string): ',' | '.' | undefined {
  if (POINT_ALONE.test(text) || GROUPS_THEN_POINT.test(text)) return '.'
  return COMMA_ALONE.test(text) || GROUPS_THEN_COMMA.test(text) ? ',' : undefined
}
