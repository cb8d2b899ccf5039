import { type AttachmentReader, createAttachmentReader, foldName } from '../archive.ts'
import { archiveIndexOf } from '../archive-index.ts'
import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { capReport } from '../report-cap.ts'
import { defineRecordRule, type Header } from '../rule.ts'

export const attachmentUnused = defineRecordRule({
  code: 'Z103',
  name: 'attachment-unused',
  summary: 'The archive holds a file that no row names.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['House: an attachment that nothing names is not loaded; most often a name is misspelt or a row is missing'],

  start({ archive }, report) {
    // With several tables another one may name it.
    if (!archive || archiveIndexOf(archive).tables > 1) return {}
    const unused = new Map(archiveIndexOf(archive).attachments.map((name) => [foldName(name), name]))
    const readers = new Map<Header, AttachmentReader>()
    const places = capReport(report)
    return {
      row(row) {
        if (unused.size === 0) return
        const reader = readers.get(row.header) ?? createAttachmentReader(row.header, 'likely')
        readers.set(row.header, reader)
        for (const { name } of reader.read(row)) unused.delete(foldName(name))
      },
      end() {
        for (const name of unused.values()) {
          places.add(
            () => ({
              message: `no row names the file ${quoted(name)} of the archive`,
              hint: 'Name it in the row that it belongs to, or leave it out.',
              value: name,
            }),
            {},
          )
        }
        places.end((more) => ({
          message: `no row names ${countText(more, 'more file')} of the archive`,
          hint: 'Look whether the rows or the names of a whole folder are missing.',
        }))
      },
    }
  },
})
