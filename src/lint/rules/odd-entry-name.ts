import { isSystemJunk } from '../archive.ts'
import { quoted } from '../cells/quoted.ts'
import { capReport } from '../report-cap.ts'
import { countText } from '../count-text.ts'
import { type ArchiveFacts, defineFileRule } from '../rule.ts'

/** What makes a name dangerous wherever the archive is unpacked. */
const HOSTILE: readonly (readonly [pattern: RegExp, fault: string])[] = [
  // Matches `../x` and `a/..`; lets `a..b` pass.
  [/(?:^|[\\/])\.\.(?:[\\/]|$)/, 'leaves the archive'],
  // Matches `/x`, `\x` and `C:x`; lets `a:b` pass.
  [/^(?:[\\/]|[a-z]:)/i, 'begins at the root of a disk'],
  // Matches a line feed and U+202E; lets `Übersicht 2026.pdf` pass.
  [/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, 'holds a character that nobody sees'],
]

/** What makes a name one that Windows cannot keep. */
const ODD: readonly (readonly [pattern: RegExp, fault: string])[] = [
  [/[<>:"|?*\\]/, 'holds a character that Windows does not allow'],
  // Matches `a /b` and `a.`; lets `a.b` pass.
  [/[. ](?:\/|$)/, 'has a part that ends with a blank or a point'],
  // Matches `con.pdf`; lets `contract.pdf` pass.
  [/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/]*)?(?:\/|$)/i, 'is the name of a device on Windows'],
]

export const oddEntryName = defineFileRule({
  code: 'Z107',
  name: 'odd-entry-name',
  summary: 'A name in the archive is dangerous, or cannot exist on Windows.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'APPNOTE.TXT 6.3.10, 4.4.17: names are relative and divided by `/`',
    'House: a name that leaves the archive is an error, one that Windows cannot keep a warning',
  ],

  start({ archive }, report) {
    const places = capReport(report)
    return {
      end() {
        for (const { name, fault, isHostile } of archive ? oddNamesOf(archive) : []) {
          const remark = {
            message: `the name ${quoted(name)} in the archive ${fault}`,
            hint: 'Rename the file, and the cells that name it, and pack the archive again.',
            value: name,
          }
          places.add(() => (isHostile ? remark : { ...remark, severity: 'warning' }), {})
        }
        places.end((more) => ({
          message: `${countText(more, 'more name')} in the archive ${more === 1 ? 'is' : 'are'} odd`,
          hint: 'Rename the files, and pack the archive again.',
          severity: 'warning',
        }))
      },
    }
  },
})

interface OddName {
  readonly name: string
  readonly fault: string
  readonly isHostile: boolean
}

/** Found once for all tables of an archive, of which there may be thousands. */
const known = new WeakMap<ArchiveFacts['entries'], readonly OddName[]>()

function oddNamesOf({ entries }: ArchiveFacts): readonly OddName[] {
  const found = known.get(entries) ?? entries.flatMap(({ name }) => (isSystemJunk(name) ? [] : faultOf(name)))
  known.set(entries, found)
  return found
}

function faultOf(name: string): readonly OddName[] {
  const hostile = HOSTILE.find(([pattern]) => pattern.test(name))
  const [, fault] = hostile ?? ODD.find(([pattern]) => pattern.test(name)) ?? []
  return fault === undefined ? [] : [{ name, fault, isHostile: hostile !== undefined }]
}
