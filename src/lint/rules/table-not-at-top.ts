import { quoted } from '../cells/quoted.ts'
import { defineFileRule } from '../rule.ts'

export const tableNotAtTop = defineFileRule({
  code: 'Z104',
  name: 'table-not-at-top',
  summary: 'The CSV file stands in a folder of the archive.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  isMendedOnDelivery: true,
  sources: ['Coupa flat-file documentation, April 2026: the CSV file is at the top level of the ZIP'],

  start({ archive }, report) {
    return {
      end() {
        if (!archive?.ownName.includes('/')) return
        report({
          message: `${quoted(archive.ownName)} stands in a folder of the archive`,
          hint: 'Pack the content of the folder instead of the folder: Coupa looks for the CSV file at the top.',
          value: archive.ownName,
        })
      },
    }
  },
})
