import { FILE_STATES, PART_STATES, type StateRow } from '../../src/delivery/index.ts'

/** `docs/reference/states.md`. */
export function statesPage(): string {
  return `<!-- Written by scripts/gen.ts from src/delivery/states.ts. Do not edit. -->

# States

What \`flatgate status\` and \`flatgate history\` show. A state that nobody owns is an end; every other one has a timer,
or a person who is asked (\`flatgate hold list\`).

## A file on its way into Coupa

${tableOf(FILE_STATES)}

## A part of it: one file on the server

${tableOf(PART_STATES)}
`
}

function tableOf(states: Readonly<Record<string, StateRow>>): string {
  const rows = Object.entries(states).map(
    ([state, { meaning, owner, timer, next }]) =>
      `| \`${state}\` | ${meaning} | ${owner} | ${timer ?? ''} | ${next.map((name) => `\`${name}\``).join(', ')} |`,
  )
  return `| state | meaning | moved on by | timer | may become |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`
}
