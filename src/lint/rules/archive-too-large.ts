import { numberText } from '../../base/index.ts'
import { countText } from '../count-text.ts'
import { archiveIndexOf } from '../archive-index.ts'
import { defineFileRule } from '../rule.ts'

export const archiveTooLarge = defineFileRule({
  code: 'Z105',
  name: 'archive-too-large',
  summary: 'The archive has more bytes than Coupa takes at once.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  isMendedOnDelivery: true,
  sources: ['Coupa flat-file documentation, April 2026: 8 MB for CSV and ZIP files, 2 MB with fast invoice entry'],

  start({ archive, schema }, report) {
    return {
      end() {
        const limit = schema.definition.limits.bytes
        if (!archive || archive.bytes <= limit) return
        const { largest } = archiveIndexOf(archive)
        report({
          message: `the archive has ${countText(archive.bytes, 'byte')}; Coupa takes ${numberText(limit)}`,
          hint: `Split it, rows with their attachments.${largest ? ` Its largest file is ${largest.name}.` : ''}`,
        })
      },
    }
  },
})
