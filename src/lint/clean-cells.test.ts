import { describe, expect, it } from '@jest/globals'
import { createScanner } from '../csv/index.ts'
import { type CleanCells, createCleanCells } from './clean-cells.ts'

/** Asks for the first field of each line, and remembers it where `isClean` says so. */
function ask(cells: CleanCells, lines: readonly string[], isClean: (text: string) => boolean = () => true): boolean[] {
  const answers: boolean[] = []
  const scanner = createScanner({
    record(view) {
      const known = cells.has(view, 0)
      answers.push(known)
      if (!known && isClean(view.text(0))) cells.add()
    },
    fault: () => undefined,
  })
  scanner.write(Buffer.from(lines.map((line) => `${line}\n`).join('')))
  scanner.end()
  return answers
}

describe('the memory of clean cells', () => {
  it('knows a cell that comes again', () => {
    expect(ask(createCleanCells(), ['"Yes"', '"No"', '"Yes"', 'No,x'])).toEqual([false, false, true, true])
  })
  it('does not know a cell that was not clean', () => {
    expect(ask(createCleanCells(), ['a', 'a', 'b', 'b'], (text) => text === 'b')).toEqual([false, false, false, true])
  })
  it('tells cells apart that differ in one byte, in length or in order', () => {
    const cells = createCleanCells()
    ask(cells, ['Yes'])
    expect(ask(cells, ['Yeś', 'Ye', 'Yess', 'seY', 'yes', ' Yes', 'Yes'])).toEqual([...Array(6).fill(false), true])
  })
  it('does not remember long cells', () => {
    const long = 'a'.repeat(65)
    expect(ask(createCleanCells(), [long, long])).toEqual([false, false])
  })
  it('gives up a column that does not repeat, and stays right', () => {
    const cells = createCleanCells()
    ask(
      cells,
      Array.from({ length: 5_000 }, (_, index) => `E${index}`),
    )
    expect(ask(cells, ['Yes', 'Yes'])).toEqual([false, false])
  })
})
