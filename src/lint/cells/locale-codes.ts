const CODES =
  'ar ar-AE ar-BH ar-EG ar-IQ ar-JO ar-KW ar-MA ar-TN bg cs da de de-AT de-BE de-CH de-LU el en en-AE en-AU en-BD ' +
  'en-BH en-CA en-CN en-CO en-DE en-DK en-FI en-GB en-HK en-IE en-IN en-ME en-MM en-MT en-MY en-NA en-NL en-NO ' +
  'en-NZ en-PH en-PK en-SE en-SG en-TW en-UA en-US en-ZA en-ZZ es es-CO es-IC es-MX es-PR et fi fr fr-BE fr-CA ' +
  'fr-CH fr-LU hr hu it it-CH ja ko lt lv mt nl nl-BE no pl pt pt-BR ro ru ru-KZ ru-UA sk sl sr sr-ME sv sv-FI th ' +
  'tr vi zh-CN zh-HK zh-TW'

/**
 * Locales that Coupa prints somewhere.
 *
 * Source: Coupa flat-file documentation, April 2026 (users, object translations), Coupa CSV format workbook R35 (users).
 * `en-US` is in none of the lists but is the example of the users page.
 */
export const LOCALE_CODES: ReadonlySet<string> = new Set(CODES.split(' '))

/** Two or three letters, and perhaps a hyphen and a country. Lets `en_US`, `EN` and `english` pass. */
const CODE_FORM = /^[a-z]{2,3}(?:-[A-Z]{2})?$/

/** Whether a text has the form of a locale code. */
export function isLocaleForm(text: string): boolean {
  return CODE_FORM.test(text)
}

/** The locale that a text means when only case or the mark between its parts is wrong: `en_us` means `en-US`. */
export function findLocale(text: string): string | undefined {
  const plain = text.trim().replaceAll('_', '-').toLowerCase()
  for (const code of LOCALE_CODES) if (code.toLowerCase() === plain) return code
  return undefined
}
