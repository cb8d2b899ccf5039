import type { Io } from './io.ts'

/**
 * Asks a person on the terminal for a yes; the question goes to stderr, for stdout is for results. Whoever calls it has
 * seen to it that there is a terminal.
 */
export async function askYes(io: Io, question: string): Promise<boolean> {
  io.err(`${question} [y/N]`)
  let answer = ''
  for await (const chunk of io.input) {
    answer += Buffer.from(chunk).toString()
    if (answer.includes('\n')) break
  }
  return /^\s*y(?:es)?\s*(?:\n|$)/i.test(answer)
}
