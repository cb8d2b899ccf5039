import { isSafeName } from '../../base/index.ts'
import { defineFileRule } from '../rule.ts'

export const fileName = defineFileRule({
  code: 'F303',
  name: 'file-name',
  summary: 'The name of the file is not safe to transfer or does not end in .csv.',
  severity: 'warning',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: Integration Schedules and File Names',
    'House: names of inbound files are free, so only what may not arrive is a finding',
  ],
  isAboutImports: true,
  isMendedOnDelivery: true,

  start({ fileName: name, schema }, report) {
    const hint = `Name it ${schema.definition.filePrefix}_<YYYYMMDD_HHMMSSZ>.csv; files are loaded in the order of their names.`
    return {
      end() {
        if (name === undefined) return
        if (!isSafeName(name))
          report({ message: 'the file name holds characters that are not safe', hint, value: name })
        else if (!/\.csv$/i.test(name)) report({ message: 'the file name does not end in .csv', hint, value: name })
      },
    }
  },
})
