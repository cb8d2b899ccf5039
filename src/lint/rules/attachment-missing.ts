import { createAttachmentReader, foldName } from '../archive.ts'
import { archiveIndexOf } from '../archive-index.ts'
import { quoted } from '../cells/quoted.ts'
import { defineCrossRule } from '../rule.ts'

export const attachmentMissing = defineCrossRule({
  code: 'Z101',
  name: 'attachment-missing',
  summary: 'A cell names an attachment that is not in the archive.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: attachments travel in the ZIP, named from its top: file://scan.pdf',
  ],

  start(header, { archive }) {
    if (!archive) return undefined
    const reader = createAttachmentReader(header)
    // A name in another case is Z102.
    const { byFolded } = archiveIndexOf(archive)
    return {
      row(row, report) {
        for (const { index, name } of reader.read(row)) {
          if (byFolded.has(foldName(name))) continue
          report(
            {
              message: `the archive has no file ${quoted(name)}`,
              hint: 'Put it into the archive, with the folders that stand in its name, or correct the name.',
            },
            index,
          )
        }
      },
    }
  },
})
