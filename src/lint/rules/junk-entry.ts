import { isSystemJunk } from '../archive.ts'
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
        const junk = archive?.entries.filter(({ name }) => isSystemJunk(name)) ?? []
        const [first] = junk
        if (!first) return
        const others = junk.length === 1 ? '' : ` and ${countText(junk.length - 1, 'more file')}`
        report({
          message: `the archive holds ${quoted(first.name)}${others} of the operating system`,
          hint: 'Pack it with a program that leaves them out; they only take room.',
          value: first.name,
        })
      },
    }
  },
})
