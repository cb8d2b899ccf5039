import { COUNTRY_CODES, type CountryCodeForm, findCountry, isUserAssignedCountry } from '../cells/country-codes.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

const EVERY_FORM: readonly CountryCodeForm[] = ['alpha-2', 'alpha-3', 'numeric']

export const unknownCountry = defineCellRule({
  code: 'C503',
  name: 'unknown-country',
  summary: 'A country column holds something that is not a country code.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'ISO 3166-1',
    'Coupa flat-file documentation, April 2026: which forms of code a few columns take',
    'House: where no form is documented each of the three is taken; user-assigned codes such as XK are a warning',
  ],

  forColumn(column) {
    if (column.format !== 'country-code') return undefined
    const forms = column.countryCodeForms ?? EVERY_FORM
    const codes = new Set(forms.flatMap((form) => [...COUNTRY_CODES[form]]))
    return (text) => {
      if (codes.has(text)) return undefined
      const code = trimmed(text)
      if (code === '' || codes.has(code)) return undefined
      if (isUserAssignedCountry(code)) {
        return {
          message: `${quoted(code)} is a country code that ISO 3166-1 leaves to its users`,
          hint: 'It is right only if your Coupa knows it.',
          severity: 'warning',
        }
      }
      const meant = findCountry(code)
      return {
        message: `${quoted(code)} is not a country code as ${quoted(column.name)} takes it`,
        hint: meant === undefined ? 'Write the two letters of ISO 3166-1, such as DE.' : `Write ${meant}.`,
        ...(codes.has(code.toUpperCase())
          ? {
              severity: 'warning',
              fix: { safety: 'safe', title: `write ${code.toUpperCase()}`, replacement: code.toUpperCase() },
            }
          : lenient(column, 'format')),
      }
    }
  },
})
