import { quoted } from '../cells/quoted.ts'
import { nameId } from '../names/name-id.ts'
import type { NameList } from '../names/name-list.ts'
import type { Header, LintContext, Remark, Report, Row } from '../rule.ts'

/** A key that cannot be changed through the key that a row is found by. */
export interface FixedKey {
  readonly through: readonly string[]
  readonly fixed: string
  readonly indexes: readonly number[]
  readonly fixedIndex: number
}

/** Compares the keys of rows with those that were taken. */
export interface ChangedKeys {
  /** Whether keys of the object were taken at all. */
  readonly isKnown: boolean
  read(row: Row, report: Report): void
}

/** Finds rows whose record was taken under another key than they say, which Coupa would leave as it is. */
export function createChangedKeys(
  header: Header,
  { schema, memory }: LintContext,
  fixedKeys: readonly FixedKey[],
): ChangedKeys {
  const { object, definition } = schema
  const known = fixedKeys.flatMap((key) => {
    const id = nameId(definition, header.record.name, key.through)
    const list = memory?.find(object, id)
    const [index] = key.indexes
    return key.through.length === 1 && index !== undefined && list ? [{ ...key, id, index, list }] : []
  })
  let isLimitTold = false

  /** Where not everything is remembered, that nothing is said of a row is no answer. */
  function isForgotten(taken: string | undefined, name: string, list: NameList): boolean {
    if (taken !== undefined || isLimitTold) return false
    return list.has(name) ? memory?.isEarlierCut === true : list.isCut
  }

  return {
    isKnown: known.length > 0,
    read(row, report) {
      for (const { through, fixed, fixedIndex, id, index, list } of known) {
        if (row.view.isEmpty(index) || row.view.isEmpty(fixedIndex)) continue
        const name = row.text(index).trim()
        const now = row.text(fixedIndex).trim()
        const taken = memory?.earlierKeys(object, id, name)?.[fixed]
        if (isForgotten(taken, name, list)) {
          isLimitTold = true
          report(limitRemark(through, fixed), fixedIndex)
        }
        // Lost zeros are another fault, with a rule and a repair of their own.
        if (taken === undefined || now === '' || plain(taken) === plain(now)) continue
        const [by = ''] = through
        report(
          {
            message: `${by} ${quoted(name)} was taken with the ${fixed} ${quoted(taken)}${list.dayText(name)}; Coupa finds it by ${by} and does not make ${quoted(now)} of it`,
            hint: `Write ${quoted(taken)}, or change the ${fixed} through the Id of the record.`,
            severity: 'warning',
          },
          fixedIndex,
        )
      }
    },
  }
}

function limitRemark([by = '']: readonly string[], fixed: string): Remark {
  return {
    message: `whether this row was taken with another ${fixed} is not known, nor of others: more records were taken than are remembered by ${by}`,
    hint: `That is no fault while each ${quoted(fixed)} is the one that Coupa has.`,
    severity: 'info',
  }
}

function plain(text: string): string {
  return text.toLowerCase().replace(/^0+(?=\d)/, '')
}
