// Not from the index, which also loads thousands of subdivisions.
import { iso31661 } from 'iso-3166/1.js'

/** How a country is coded. */
export type CountryCodeForm = 'alpha-2' | 'alpha-3' | 'numeric'

/** Codes of ISO 3166-1 by form. */
export const COUNTRY_CODES: Readonly<Record<CountryCodeForm, ReadonlySet<string>>> = {
  'alpha-2': new Set(iso31661.map((country) => country.alpha2)),
  'alpha-3': new Set(iso31661.map((country) => country.alpha3)),
  numeric: new Set(iso31661.map((country) => country.numeric)),
}

/** Codes that ISO 3166-1 leaves to its users (8.1.3), `XK` for Kosovo among them. Lets `DE` and `UK` pass. */
const USER_ASSIGNED = /^(?:AA|Q[M-Z]|X[A-Z]|ZZ|AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z])$/

/** Whether a code may have been given out by whoever runs the instance. */
export function isUserAssignedCountry(code: string): boolean {
  return USER_ASSIGNED.test(code)
}

/** Codes and names in daily use that ISO 3166-1 does not have, with its own code for them. */
const EVERYDAY_NAMES: ReadonlyMap<string, string> = new Map([
  ['uk', 'GB'],
  ['el', 'GR'],
  ['usa', 'US'],
  ['england', 'GB'],
  ['deutschland', 'DE'],
  ['holland', 'NL'],
])

let namesToCodes: ReadonlyMap<string, string> | undefined

/** Codes by everything that names a country in English, in lower case. Made when first asked for: clean files never do. */
function codesByName(): ReadonlyMap<string, string> {
  if (namesToCodes) return namesToCodes
  const english = new Intl.DisplayNames(['en'], { type: 'region' })
  namesToCodes = new Map([
    ...iso31661.flatMap(({ alpha2, alpha3, numeric, name }) =>
      [alpha2, alpha3, numeric, name, english.of(alpha2) ?? name].map((text) => [text.toLowerCase(), alpha2] as const),
    ),
    ...EVERYDAY_NAMES,
  ])
  return namesToCodes
}

/** The two-letter code of a text that names a country otherwise: by its name, another form of code, or in daily use. */
export function findCountry(text: string): string | undefined {
  return codesByName().get(text.trim().toLowerCase())
}
