import { numberText } from '../../base/index.ts'
import { countText } from '../count-text.ts'
import { defineFileRule } from '../rule.ts'

export const tooManyRows = defineFileRule({
  code: 'F301',
  name: 'too-many-rows',
  summary: 'The file has more data rows than Coupa takes at once.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'https://compass.coupa.com/x285535.xml: at most 5,000 data rows, the header not counted',
    'Coupa flat-file documentation, April 2026: the pages of objects that may come as ZIP limit bytes, not rows',
  ],
  isAboutImports: true,
  isMendedOnDelivery: true,

  start({ schema }, report) {
    const { limits, takesZip } = schema.definition
    const limit = limits?.rows ?? Infinity
    return {
      end({ rows }) {
        if (rows <= limit) return
        report({
          message: `the file has ${countText(rows, 'row')}; Coupa takes ${numberText(limit)} in one file`,
          hint: 'Split the file; `flatgate send` does it and keeps records together that belong together.',
          severity: takesZip ? 'warning' : 'error',
        })
      },
    }
  },
})
