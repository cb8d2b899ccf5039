import { archiveIndexOf } from '../archive-index.ts'
import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { defineFileRule } from '../rule.ts'

export const junkEntry = defineFileRule({
  code: 'Z106',
  name: 'junk-entry',
  summary: 'The archive holds files that an operating system put there.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  isMendedOnDelivery: true,
  sources: ['House: what macOS and Windows add to archives (`__MACOSX/`, `.DS_Store`, `Thumbs.db`, `desktop.ini`)'],

  start({ archive }, report) {
    return {
      end() {
        if (!archive) return
        const { junk } = archiveIndexOf(archive)
        const [first] = junk
        if (first === undefined) return
        const others = junk.length === 1 ? '' : ` and ${countText(junk.length - 1, 'more file')}`
        report({
          message: `the archive holds ${quoted(first)}${others} of the operating system`,
          hint: 'Pack it with a program that leaves them out; they only take room.',
          value: first,
        })
      },
    }
  },
})
