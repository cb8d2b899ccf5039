/** Characters that end or surround addresses in lists and mail headers, and are in no plain address. */
const FORBIDDEN = new Set([...'\\"(),:;<>[]'].map((character) => character.charCodeAt(0)))

/** Whether a label of a domain is empty or begins or ends with a hyphen is all that is asked of a domain; plus a dot. */
export function isDomain(text: string): boolean {
  let labels = 0
  let start = 0
  for (let index = 0; index <= text.length; index += 1) {
    const unit = index === text.length ? 46 : text.charCodeAt(index)
    if (unit === 46) {
      if (index === start || text.charCodeAt(start) === 45 || text.charCodeAt(index - 1) === 45) return false
      labels += 1
      start = index + 1
      continue
    }
    const isLetterOrDigit = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57)
    // From 0x80 on: letters of internationalised domain names.
    if (!isLetterOrDigit && unit !== 45 && unit < 0xa1) return false
  }
  return labels >= 2
}

/**
 * Whether a text has the form of one e-mail address: something, one `@`, a domain with a dot.
 *
 * Source: RFC 5321 section 4.1.2, without quoted local parts and address literals, which no mail system of a company
 * gives out. House: letters beyond ASCII pass (RFC 6531).
 */
export function isEmail(text: string): boolean {
  const at = text.indexOf('@')
  if (at < 1) return false
  let previous = 46
  for (let index = 0; index < at; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit <= 32 || unit === 127 || unit === 0xa0 || FORBIDDEN.has(unit) || (unit === 46 && previous === 46))
      return false
    previous = unit
  }
  return previous !== 46 && isDomain(text.slice(at + 1))
}
