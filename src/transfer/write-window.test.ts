import { describe, expect, it } from '@jest/globals'
import { createWriteWindow } from './write-window.ts'

/** Asks for so many places, and tells how many were given. */
function askFor(count: number, roundTripMs: () => number) {
  const window = createWriteWindow(roundTripMs)
  const given: number[] = []
  for (let number = 1; number <= count; number += 1) void window.take().then(() => given.push(number))
  const settle = () => new Promise(setImmediate)
  return { window, given, settle }
}

describe('writes on the way', () => {
  it.each([
    ['8 on one machine', 0.3, 8],
    ['40 on a line of 20 ms', 20, 40],
    ['64 on any longer one', 500, 64],
  ])('are at most %s', async (_line, roundTripMs, most) => {
    const { given, settle } = askFor(100, () => roundTripMs)
    await settle()
    expect(given).toHaveLength(most)
  })

  it('are followed by others in the order in which those were asked for', async () => {
    const { window, given, settle } = askFor(12, () => 0)
    await settle()
    for (let freed = 0; freed < 3; freed += 1) window.release()
    await settle()
    expect(given).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('are as many as before when a shorter way is found: only later ones wait', async () => {
    let roundTripMs = 20
    const { window, given, settle } = askFor(41, () => roundTripMs)
    await settle()
    expect(given).toHaveLength(40)
    roundTripMs = 1
    for (let freed = 0; freed < 32; freed += 1) window.release()
    await settle()
    expect(given).toHaveLength(40)
    window.release()
    await settle()
    expect(given).toHaveLength(41)
  })
})
