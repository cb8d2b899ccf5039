import { isUncertain, loadSchema } from '../../schema/index.ts'
import { type ListSplitter, listSplitterOf } from '../cells/split-list.ts'
import { CleanCells } from '../clean-cells.ts'
import type { Header, LintContext } from '../rule.ts'
import { nameId } from './name-id.ts'
import type { NameList } from './name-list.ts'

/** A column whose cells name records of an object, and what is known of their names. */
export interface NamedColumn {
  readonly index: number
  /** As the file heads it. */
  readonly heading: string
  readonly object: string
  readonly id: string
  /** Heading of the column in the file of the object. */
  readonly attribute: string
  /** Names of the run, perhaps cut; `undefined`: it has not read all of them (yet). */
  readonly run: NameList | undefined
  /** Names that were taken before, perhaps cut. */
  readonly taken: NameList | undefined
  /** One of the two that is cut, so that a name that is not found may be known all the same. */
  readonly cut: NameList | undefined
  /** Whether records of this very file may be named, so that only its end tells. */
  readonly isOwn: boolean
  /** Whether Coupa states that an inactive record must not be named. */
  readonly mustBeActive: boolean
  /** Cells of which everything has been said. */
  readonly done: CleanCells
  /** Values of a cell. */
  readonly namesOf: (text: string) => readonly string[]
}

/** The columns of a header whose names can be looked up. */
export function namedColumnsOf(header: Header, { schema, names, memory }: LintContext): readonly NamedColumn[] {
  return header.cells.flatMap(({ column, index, text }) => {
    const { references } = column ?? {}
    if (!column || !references || header.indexOf(column.name) !== index) return []
    const { object, by } = references
    const definition = by === undefined ? undefined : findDefinition(object)
    const attribute = by === undefined ? undefined : definition?.attributes?.[by]
    const record = attribute?.record ?? definition?.records[0]?.name
    if (!definition || !attribute || record === undefined) return []
    const id = nameId(definition, record, [attribute.column])
    const run = names?.find(object, id)
    const taken = memory?.find(object, id)
    const isOwn = run === undefined && object === schema.object && names !== undefined
    if (!run && !taken && !isOwn) return []
    const split = listSplitterOf(column)
    return [
      {
        index,
        heading: text,
        object,
        id,
        attribute: attribute.column,
        run,
        taken,
        cut: [run, taken].find((list) => list?.isCut),
        isOwn,
        mustBeActive: references.mustBeActive === true && !isUncertain(column, 'references'),
        done: new CleanCells(),
        namesOf: split ? valuesBy(split, column.list === undefined, run ?? taken) : (cell) => [cell.trim()],
      },
    ]
  })
}

/** Where the separator is not stated, a cell that is a name as a whole is not split. */
function valuesBy(split: ListSplitter, isGuess: boolean, known: NameList | undefined): ListSplitter {
  return isGuess ? (text) => (known?.has(text) ? [text.trim()] : split(text)) : split
}

/** Other words than objects of the schemas (`Currency`) have no file. */
function findDefinition(object: string): ReturnType<typeof loadSchema> | undefined {
  return /^[a-z]/.test(object) ? loadSchema(object, 'import') : undefined
}
