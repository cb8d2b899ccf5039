import { numberText } from '../../base/index.ts'
import { quoted } from '../cells/quoted.ts'
import { type TakenKeys, takenKeysOf } from '../memory/taken-keys.ts'
import { defineKeyRule, type Remark } from '../rule.ts'

export const inactiveUpdate = defineKeyRule({
  code: 'K108',
  name: 'inactive-update',
  summary: 'A row updates a record that was taken as inactive, and Coupa makes a second one of it.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: addresses; updating an inactive address creates a new one',
    'House: a warning, for somebody may have made the record active in Coupa',
  ],

  start(header, context) {
    if (!context.schema.definition.isRecreatedWhenInactive) return undefined
    const keys = takenKeysOf(header, context)
    if (keys.length === 0) return undefined
    let isLimitTold = false
    return {
      row(row, report) {
        // Coupa looks at the first key that is filled.
        const key = keys.find((each) => each.isFilled(row))
        if (!key) return
        const text = key.read(row)
        const facts = key.list.find(text)
        if (facts?.isInactive) {
          report(remarkOn(key, text), key.placeIn(row))
        } else if (!facts && key.list.isCut && !isLimitTold) {
          isLimitTold = true
          report(limitRemark(key), key.placeIn(row))
        }
      },
    }
  },
})

function remarkOn(key: TakenKeys, text: string): Remark {
  return {
    message: `${key.describe(text)} was taken as inactive${key.list.dayText(text)}; Coupa does not update it and makes a second record`,
    hint: 'Leave the row out, or have the record made active in Coupa before the file goes.',
  }
}

function limitRemark({ name, list }: TakenKeys): Remark {
  return {
    message: `whether this record and others are inactive is not known: more were taken than the ${numberText(list.size)} that are remembered by ${quoted(name)}`,
    hint: 'Leave rows of inactive records out where the file is made.',
    severity: 'info',
  }
}
