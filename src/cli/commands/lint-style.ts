import { styleText } from 'node:util'
import type { ReportStyle } from '../../lint/index.ts'

const SEVERITY_COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const

/** Colours of text reports on a terminal. */
export const COLOURS: ReportStyle = {
  severity: (severity, text) => styleText(SEVERITY_COLOURS[severity], text, { validateStream: false }),
  strong: (text) => styleText('bold', text, { validateStream: false }),
  faint: (text) => styleText('dim', text, { validateStream: false }),
}
