import { isSafeName } from '../../base/index.ts'
import { defineFileRule } from '../rule.ts'

/** `users_201126040000.csv`: day, month, year and time in two digits each. Lets `users_20261120_040000Z.csv` pass. */
const OLD_STAMP = /_(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?=\.csv$)/i

/** `users_20112026.csv`, `users_20-11-2026_0400.csv`: the day before the month. Lets `users_20261120.csv` pass. */
const DAY_FIRST = /_(?:0[1-9]|[12]\d|3[01])([-.]?)(?:0[1-9]|1[0-2])\1(?:19|20)\d{2}(?=[_.-])/

export const fileName = defineFileRule({
  code: 'F303',
  name: 'file-name',
  summary:
    'The name of the file is not safe to transfer, does not end in .csv, or sorts in another order than its time.',
  severity: 'warning',
  since: '0.1.0',
  sources: [
    'Coupa flat-file documentation, April 2026: Integration Schedules and File Names',
    'Coupa integration playbook, 2017 to 2021: <ddmmyyhhmmss>, the stamp that names had before',
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
        else if (OLD_STAMP.test(name) || DAY_FIRST.test(name)) {
          report({ message: 'the stamp in the file name begins with the day', hint, value: name, severity: 'info' })
        }
      },
    }
  },
})
