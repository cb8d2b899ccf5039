import type { StateRow, StateTable, Transition } from '../../src/base/index.ts'
import { EXPORT_TABLE } from '../../src/collection/index.ts'
import { FILE_TABLE, PART_TABLE } from '../../src/delivery/index.ts'

/** `docs/reference/states.md`. */
export function statesPage(): string {
  return `<!-- Written by scripts/gen.ts from src/delivery/states.ts and src/collection/states.ts. Do not edit. -->

# States

What \`flatgate status\` and \`flatgate history\` show. These tables are what the program goes by: a step that is not in
them, or that lacks the evidence its row demands, is refused as a fault of the program, and nothing is written. A state
that nobody owns is an end; every other one has an owner and a timer. Where a person is the owner, every pass names what
waits, ends with exit code 5 and changes nothing of it; \`flatgate hold list\` shows it.

## A file on its way into Coupa

${pageOf(FILE_TABLE)}

## A part of it: one file on the server

${pageOf(PART_TABLE)}

## An export on its way out of Coupa

${pageOf(EXPORT_TABLE)}
`
}

function pageOf<S extends string>({ births, states }: StateTable<S>): string {
  const rows: [string, StateRow<S>][] = Object.entries(states)
  const standing = rows.map(
    ([state, { meaning, owner, timers }]) => `| \`${state}\` | ${meaning} | ${owner} | ${timers.join(', ')} |`,
  )
  const steps = [
    ...births.map((way) => stepLine('', way)),
    ...rows.flatMap(([state, { next }]) => next.map((way) => stepLine(`\`${state}\``, way))),
  ]
  return `| state | meaning | moved on by | timer |\n| --- | --- | --- | --- |\n${standing.join('\n')}

| from | event | evidence | step in the history | to |\n| --- | --- | --- | --- | --- |\n${steps.join('\n')}`
}

function stepLine<S extends string>(from: string, { event, evidence, step, to }: Transition<S>): string {
  return `| ${from} | ${event} | ${evidence} | \`${step ?? to}\` | \`${to}\` |`
}
