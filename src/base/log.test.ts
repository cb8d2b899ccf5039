import { describe, expect, it } from '@jest/globals'
import { silentLog } from './log.ts'

describe('the silent log', () => {
  it('takes every line, with facts or without, and gives nothing back', () => {
    const log = silentLog.with({ file: 'f1' })
    const lines = [log.debug('a'), log.info('b', { rows: 1 }), log.warn('c'), log.error('d')]
    expect(lines).toEqual([undefined, undefined, undefined, undefined])
  })
})
