import { createAttachmentReader, foldName } from '../archive.ts'
import { archiveIndexOf } from '../archive-index.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCrossRule } from '../rule.ts'

export const attachmentCase = defineCrossRule({
  code: 'Z102',
  name: 'attachment-case',
  summary: 'A cell names an attachment in other letters than the archive does.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['House: whether Coupa compares the case of names is not documented; the same spelling is right either way'],

  start(header, { archive }) {
    if (!archive) return undefined
    const reader = createAttachmentReader(header, 'likely')
    const { exact, byFolded } = archiveIndexOf(archive)
    return {
      row(row, report) {
        for (const { index, name } of reader.read(row)) {
          const found = exact.has(name) ? undefined : byFolded.get(foldName(name))
          if (found === undefined) continue
          report(
            {
              message: `the archive has ${quoted(found)}, the cell says ${quoted(name)}`,
              hint: `Write ${quoted(found)} letter by letter, or rename the file.`,
            },
            index,
          )
        }
      },
    }
  },
})
