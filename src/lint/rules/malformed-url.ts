import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { trimmed } from '../cells/trimmed.ts'
import { defineCellRule } from '../rule.ts'

/** The plain case, so that most addresses need no parser: `https://example.com/a?b`. Lets `http://a b.com` pass on. */
const PLAIN_URL = /^https?:\/\/[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<>"]*)?$/i

/** A scheme. Matches `file://a` and `mailto:a`; lets `example.com` and `example.com:8080` through as no match. */
const SCHEME = /^[a-z][a-z0-9+-]*:(?!\d)/i

/** A host with a dot, and perhaps a path: an address that only lacks its scheme. */
const HOST = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?$/

export const malformedUrl = defineCellRule({
  code: 'C507',
  name: 'malformed-url',
  summary: 'A web address column holds something that is not a web address.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'RFC 3986 section 3',
    'Coupa flat-file documentation, April 2026: web address columns',
    'House: an address without its scheme is a warning, because not every column says that it needs one',
  ],

  forColumn(column) {
    if (column.format !== 'url') return undefined
    return (text) => {
      if (PLAIN_URL.test(text)) return undefined
      const inner = trimmed(text)
      if (inner === '') return undefined
      if (/\s/.test(inner)) {
        return {
          message: `${quoted(inner)} is not a web address: it has blanks in it`,
          hint: 'Write one address such as https://example.com; a blank inside it is written as %20.',
          ...lenient(column, 'format'),
        }
      }
      if (SCHEME.test(inner) && URL.canParse(inner)) return undefined
      if (HOST.test(inner)) {
        return {
          message: `${quoted(inner)} lacks the start of a web address`,
          hint: `Write https://${inner}.`,
          severity: 'warning',
          fix: { safety: 'unsafe', title: `write https://${inner}`, replacement: `https://${inner}` },
        }
      }
      return {
        message: `${quoted(inner)} is not a web address`,
        hint: 'Write one address such as https://example.com.',
        ...lenient(column, 'format'),
      }
    }
  },
})
