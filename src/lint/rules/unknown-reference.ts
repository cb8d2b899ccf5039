import { numberText } from '../../base/index.ts'
import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { createNameGuess, type NameGuess } from '../names/name-guess.ts'
import type { NameList } from '../names/name-list.ts'
import { type NamedColumn, namedColumnsOf } from '../names/named-columns.ts'
import { ownNamesOf } from '../names/own-names.ts'
import { rowPlace } from '../row-place.ts'
import { defineCrossRule, type FilePlace, type FileReport, type Remark, type Row } from '../rule.ts'

/** House: so many different names are told of a column; a file in which more are missing has another fault. */
const MAX_NAMES = 1_000

/** House: names that wait for the end of the file, some 2 MB of a column. */
const MAX_WAITING = 10_000

export const unknownReference = defineCrossRule({
  code: 'X401',
  name: 'unknown-reference',
  summary: 'A cell names a record that is neither in the files of this run nor known to have been taken.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: columns that name records of other objects (`references` of the schemas)',
    'House: Coupa may have the record from elsewhere, so it is good to know, and a warning where another name is near',
  ],

  start(header, context) {
    const own = ownNamesOf(header, context)
    const columns = namedColumnsOf(header, context).map((column) => createLookUp(column))
    if (!own && columns.length === 0) return undefined
    return {
      row(row, report) {
        own?.read(row)
        for (const column of columns) column.read(row, (remark) => report(remark, column.index))
      },
      end(report) {
        for (const column of columns) column.end(report, context.names?.findWithOwn(context.schema.object, column.id))
      },
    }
  },
})

interface LookUp {
  readonly index: number
  readonly id: string
  read(row: Row, report: (remark: Remark) => void): void
  end(report: FileReport, own: NamedColumn['run']): void
}

/** A name of which only the end of the file tells whether a row has it. */
interface Waiting {
  readonly name: string
  readonly place: FilePlace
}

function createLookUp(column: NamedColumn): LookUp {
  const { index, id, run, taken, cut, isOwn, done, namesOf } = column
  const lists = [run, taken].filter((list) => list !== undefined)
  const guess = createNameGuess(lists)
  const told = new Set<string>()
  const waiting = new Map<string, Waiting>()
  /** The first cell with a name that nobody looks for any more, for want of room. */
  let lost: FilePlace | undefined
  let isLimitTold = false

  function tellLimit(remark: Remark, report: (remark: Remark) => void): void {
    if (!isLimitTold) report(remark)
    isLimitTold = true
  }

  function take(name: string, row: Row, report: (remark: Remark) => void): void {
    if (lists.some((list) => list.has(name))) return
    const key = name.toLowerCase()
    if (cut) {
      tellLimit(cutRemark(column, cut), report)
    } else if (isOwn) {
      if (waiting.has(key)) return
      if (waiting.size < MAX_WAITING) waiting.set(key, { name, place: rowPlace(row, index) })
      else lost ??= rowPlace(row, index)
    } else if (!told.has(key)) {
      if (told.size === MAX_NAMES) {
        tellLimit(untoldRemark(column), report)
        return
      }
      told.add(key)
      report(asRemark(column, name, guess(name)))
    }
  }

  return {
    index,
    id,
    read(row, report) {
      const { high, low } = row.digests
      if (row.view.isEmpty(index) || done.has(high[index] as number, low[index] as number)) return
      for (const name of namesOf(row.text(index))) if (name !== '') take(name, row, report)
      done.add(high[index] as number, low[index] as number)
    },
    end(report, ownNames) {
      if (!isOwn || !ownNames || waiting.size === 0) return
      const all = [...waiting.values()]
      const [first] = all
      if (ownNames.isCut) {
        report(cutRemark(column, ownNames), first?.place)
        return
      }
      const missing = all.filter(({ name }) => !ownNames.has(name))
      // A file of what has changed names mostly records that it does not have.
      if (!taken && missing.length * 2 > all.length) return
      const ownGuess = createNameGuess(taken ? [ownNames, taken] : [ownNames])
      for (const { name, place } of missing.slice(0, MAX_NAMES)) {
        report({ ...asRemark(column, name, ownGuess(name)), value: name }, place)
      }
      const untold = missing.length - MAX_NAMES
      if (untold > 0) report(untoldRemark(column, untold), missing[MAX_NAMES]?.place)
      if (lost) report(lostRemark(column), lost)
    },
  }
}

function asRemark(column: NamedColumn, name: string, guess: NameGuess | undefined): Remark {
  const { object, attribute, run, taken, isOwn } = column
  const message = `no ${object} record ${placesOf(run !== undefined, taken !== undefined, isOwn)} has the ${attribute} ${quoted(name)}`
  if (!guess) {
    return { message, hint: 'Check the spelling. It is no fault where Coupa has the record from elsewhere.' }
  }
  const meant = `Most likely ${quoted(guess.name)} is meant`
  return {
    message,
    hint: guess.isPadded ? `${meant}: the leading zeros are lost.` : `${meant}.`,
    severity: 'warning',
  }
}

/** That a name is not found in a list which is cut says nothing. */
function cutRemark({ attribute, object, heading }: NamedColumn, { size }: NameList): Remark {
  return {
    message: `names of ${quoted(heading)} that are not found are not told: there are more ${object} records than the ${numberText(size)} whose ${attribute} is remembered`,
    hint: 'Look them up in Coupa, or lint fewer records at once.',
    severity: 'info',
  }
}

/** @param count How many there are, where that is known. */
function untoldRemark({ object, heading }: NamedColumn, count?: number): Remark {
  const more = count === undefined ? 'more names' : countText(count, 'more name')
  return {
    message: `${more} of ${quoted(heading)} than these ${numberText(MAX_NAMES)} are in no ${object} record and not told`,
    hint: `Look whether the right file of ${object} is in the run.`,
    severity: 'info',
  }
}

function lostRemark({ heading }: NamedColumn): Remark {
  return {
    message: `from here on, new names of ${quoted(heading)} are not looked up: ${numberText(MAX_WAITING)} others wait for the end of the file`,
    hint: 'Split the file, or check the rest of it by itself.',
    severity: 'info',
  }
}

function placesOf(isRun: boolean, isTaken: boolean, isOwn: boolean): string {
  const here = isOwn ? 'of this file' : isRun ? 'of this run' : undefined
  if (!isTaken) return here ?? 'of this run'
  return here === undefined ? 'that was taken before' : `${here} and none that was taken before`
}
