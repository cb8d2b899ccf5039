import { numberText } from '../../base/index.ts'
import { countText } from '../count-text.ts'
import { defineFileRule } from '../rule.ts'

export const fileTooLarge = defineFileRule({
  code: 'F302',
  name: 'file-too-large',
  summary: 'The file has more bytes than Coupa takes at once.',
  severity: 'error',
  since: '0.1.0',
  sources: ['https://compass.coupa.com/x285535.xml: at most 8 MB'],
  isAboutImports: true,
  isMendedOnDelivery: true,

  start({ schema }, report) {
    const limit = schema.definition.limits?.bytes ?? Infinity
    return {
      end({ bytes }) {
        if (bytes <= limit) return
        report({
          message: `the file has ${countText(bytes, 'byte')}; Coupa takes ${numberText(limit)}`,
          hint: 'Split the file; `flatgate send` does it and keeps records together that belong together.',
        })
      },
    }
  },
})
