import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import type { Log } from '../base/index.ts'
import { createRootLog, type LoggerOptions } from './logger.ts'

async function lines(options: Partial<LoggerOptions>, write: (log: Log) => void): Promise<string[]> {
  const output = new PassThrough({ encoding: 'utf8' })
  let text = ''
  output.on('data', (piece: string) => (text += piece))
  const log = createRootLog({ form: 'json', level: 'info', secrets: [], output, ...options })
  write(log)
  await log.close()
  return text.split('\n').filter((line) => line !== '')
}

describe('createRootLog', () => {
  it('writes one JSON object per line with level, message, facts and instant', async () => {
    const [line = ''] = await lines({}, (log) => log.info('placed', { file: 'f1', bytes: 12 }))
    expect(JSON.parse(line)).toMatchObject({ level: 'info', message: 'placed', file: 'f1', bytes: 12 })
    expect(JSON.parse(line)).toHaveProperty('timestamp', expect.stringMatching(/^\d{4}-.*Z$/))
  })

  it('writes lines for people, with quotes where they are needed', async () => {
    const [line] = await lines({ form: 'human' }, (log) =>
      log.warn('left', { name: 'a b.csv', flow: 'users', none: undefined }),
    )
    expect(line).toMatch(/^\d\d:\d\d:\d\d warn {2}left name="a b\.csv" flow=users$/)
  })

  it('leaves out what is below its level', async () => {
    const told = await lines({ level: 'warn' }, (log) => {
      log.debug('a')
      log.info('b')
      log.warn('c')
      log.error('d')
    })
    expect(told.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['c', 'd'])
  })

  it('adds bound facts to every line, and later ones win', async () => {
    const [line = ''] = await lines({}, (log) => log.with({ file: 'f1', step: 1 }).with({ step: 2 }).info('x'))
    expect(JSON.parse(line)).toMatchObject({ file: 'f1', step: 2 })
  })

  it.each(['json', 'human'] as const)('hides secrets wherever they stand (%s)', async (form) => {
    const told = await lines({ form, secrets: ['hunter2', 'k\n"ey', ''] }, (log) =>
      log.error('no hunter2 here', { reason: 'sftp://u:hunter2@h', other: 'a k\n"ey b' }),
    )
    expect(told.join('')).not.toMatch(/hunter2|ey b/)
    expect(told.join('')).toContain('***')
  })

  it('lets no control character steer the terminal', async () => {
    const [line] = await lines({ form: 'human' }, (log) => log.warn('left', { name: '\u001b[2Jx.csv' }))
    expect(line).toContain('name="\\u001b[2Jx.csv"')
  })
})
