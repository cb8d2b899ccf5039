/**
 * Whether a text has the form of a domain with a dot: labels of letters, digits and hyphens, none of them empty, none
 * with a hyphen at an end.
 *
 * Source: RFC 1123 section 2.1. House: letters beyond ASCII pass (RFC 5890).
 */
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
