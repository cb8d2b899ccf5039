import { countText } from '../count-text.ts'
import { capReport } from '../report-cap.ts'
import { defineFileRule } from '../rule.ts'

/** Names what the bytes would be in the encoding that Windows programs write by default in Western Europe. */
const windows1252 = new TextDecoder('windows-1252')

export const invalidUtf8 = defineFileRule({
  code: 'F101',
  name: 'invalid-utf8',
  summary: 'A byte is not UTF-8, so the text was saved in another encoding.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: files are UTF-8',
    'RFC 3629 section 3: which byte sequences are UTF-8',
  ],

  start(_context, report) {
    const places = capReport(report)
    return {
      fault({ kind, excerpt, offset, line, field, record }) {
        if (kind !== 'invalid-utf8') return
        places.add(
          () => {
            const bytes = Uint8Array.from(excerpt.split(' '), Number)
            return {
              message: `byte ${excerpt} at offset ${offset} is not UTF-8; ${otherReading(bytes)}`,
              hint: 'Save the file as UTF-8 in the program that wrote it.',
              value: excerpt,
              fix: { safety: 'unsafe', title: 'Read the file as Windows-1252 and write it as UTF-8' },
            }
          },
          { line, field, record },
        )
      },
      end() {
        places.end((more) => ({
          message: `${countText(more, 'more place')} of the file ${more === 1 ? 'is' : 'are'} not UTF-8`,
          hint: 'All of them have one cause: save the file as UTF-8 in the program that wrote it.',
        }))
      },
    }
  },
})

/** What stands there in the encodings of Western Europe: they differ in 0x80 to 0x9F, where Latin-1 has no letters. */
function otherReading(bytes: Uint8Array): string {
  const text = windows1252.decode(bytes)
  // The decoder hands the five bytes that Windows-1252 leaves free through as control characters.
  if (/[\u0080-\u009f]/.test(text)) return 'in Windows-1252 and Latin-1 it is no letter either'
  return bytes.every((byte) => byte > 0x9f)
    ? `Windows-1252 and Latin-1 would read “${text}”`
    : `Windows-1252 would read “${text}”, Latin-1 no letter`
}
