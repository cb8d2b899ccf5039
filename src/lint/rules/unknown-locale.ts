import { findLocale, isLocaleForm, LOCALE_CODES } from '../cells/locale-codes.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

export const unknownLocale = defineCellRule({
  code: 'C504',
  name: 'unknown-locale',
  summary: 'A language column holds a locale that Coupa prints nowhere.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: users, object translations',
    'Coupa CSV format workbook R35: users',
    'House: the lists differ, so a locale that is in one of them is taken everywhere',
  ],

  forColumn(column) {
    if (column.format !== 'locale') return undefined
    return (text) => {
      if (LOCALE_CODES.has(text)) return undefined
      const code = trimmed(text)
      if (code === '' || LOCALE_CODES.has(code)) return undefined
      const meant = findLocale(code)
      if (meant !== undefined) {
        return {
          message: `${quoted(code)} is not written as Coupa writes the locale ${meant}`,
          hint: `Write ${meant}.`,
          fix: { safety: 'safe', title: `write ${meant}`, replacement: meant },
        }
      }
      return isLocaleForm(code)
        ? {
            message: `${quoted(code)} is not a locale that Coupa documents`,
            hint: 'Check in the list of languages of your Coupa that it exists.',
          }
        : { message: `${quoted(code)} is not a locale`, hint: 'Write a code such as en, de or pt-BR.' }
    }
  },
})
