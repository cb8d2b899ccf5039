import Table from 'cli-table3'

const NOTHING = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
] as const
const INSIDE = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'] as const

/** A table in columns, without lines around it; the head in capitals so that it is told apart without colour. */
export function tableText(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const chars = Object.fromEntries([...NOTHING, ...INSIDE].map((part) => [part, '']))
  const table = new Table({
    chars: { ...chars, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  })
  table.push(
    head.map((title) => title.toUpperCase()),
    ...rows.map((row) => row.map(String)),
  )
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
