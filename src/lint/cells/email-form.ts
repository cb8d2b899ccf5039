import { isDomain } from './domain-form.ts'

/** Characters that end or surround addresses in lists and mail headers, and are in no plain address. */
const FORBIDDEN = '\\"(),:;<>[]'

/** 1 for each character of ASCII that no plain address has before its `@`: blanks, controls and the above. */
const IS_REFUSED = Uint8Array.from({ length: 128 }, (_, unit) =>
  unit <= 32 || unit === 127 || FORBIDDEN.includes(String.fromCharCode(unit)) ? 1 : 0,
)

/** Nearly all addresses: `anna.b-c@mail.example.com`. What it does not match may still be one. */
const USUAL = /^[\w+-]+(?:\.[\w+-]+)*@[A-Za-z\d]+(?:[.-][A-Za-z\d]+)*\.[A-Za-z\d]+$/

/**
 * Whether a text has the form of one e-mail address: something, one `@`, a domain with a dot.
 *
 * Source: RFC 5321 section 4.1.2, without quoted local parts and address literals, which no mail system of a company
 * gives out. House: letters beyond ASCII pass (RFC 6531).
 */
export function isEmail(text: string): boolean {
  if (USUAL.test(text)) return true
  const at = text.indexOf('@')
  if (at < 1) return false
  let previous = 46
  for (let index = 0; index < at; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit === 0xa0 || IS_REFUSED[unit] === 1 || (unit === 46 && previous === 46)) return false
    previous = unit
  }
  return previous !== 46 && isDomain(text.slice(at + 1))
}
