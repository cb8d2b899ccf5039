import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import type { Io } from './io.ts'
import { createProgress } from './progress.ts'

const MB = 1024 * 1024

async function shownBy(
  isErrTerminal: boolean,
  ...updates: (readonly [bytes: number, totalBytes: number | undefined])[]
): Promise<string> {
  const errStream = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: true,
    cursorTo: () => true,
    clearLine: () => true,
  })
  const progress = createProgress({ isErrTerminal, errStream } as unknown as Io, 'users.csv')
  for (const [bytes, totalBytes] of updates) await progress.update(bytes, totalBytes)
  progress.stop()
  return String(errStream.read() ?? '')
}

describe('createProgress', () => {
  it('draws a bar on a terminal for a file that is worth one', async () => {
    expect(await shownBy(true, [5 * MB, 10 * MB])).toContain('users.csv')
  })

  it.each([
    ['where stderr is no terminal', false, 10 * MB],
    ['for a short file', true, 10],
    ['for a file of unknown length', true, undefined],
  ])('writes nothing %s', async (_title, isTerminal, totalBytes) => {
    expect(await shownBy(isTerminal, [5, totalBytes])).toBe('')
  })
})
