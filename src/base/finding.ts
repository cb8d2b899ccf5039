/** How much a finding weighs: an `error` rejects the file, a `warning` and an `info` do not. */
export type Severity = 'error' | 'warning' | 'info'

/** Where in a file. All numbers count from 1; what does not apply is absent. */
export interface Position {
  /** Physical line on which the field (or the record) starts. */
  readonly line?: number
  /** Data row: a CSV record, header excluded. */
  readonly row?: number
  /** Field of the record. */
  readonly field?: number
  /** Header text of the column, as the file spells it. */
  readonly column?: string
  /** As a spreadsheet names it: `C3`. */
  readonly cell?: string
}

/** The physical line of a place, for people. Lengths are in code points. */
export interface Excerpt {
  /** At most 120 characters of the line, `…` where it was cut; what would disturb a screen is shown as U+FFFD. */
  readonly text: string
  /** Characters of `text` before the place. */
  readonly caret: number
  /** Characters that the place covers on this line; 0 for an empty field. */
  readonly width: number
  /** Place in the whole line, from 1. */
  readonly character: number
}

/** Something true about a customer's file. Data: it is returned and counted, never thrown. */
export interface Finding {
  /** Place letter and three digits: `C405`. */
  readonly code: string
  /** Name of the rule: `value-not-allowed`. */
  readonly rule: string
  readonly severity: Severity
  /** Names the value and the fault. */
  readonly message: string
  /** Names the next act. */
  readonly hint: string
  readonly at: Position
  /** The cell, shortened to 200 code points. May stand in reports, never in a log. */
  readonly value?: string
  /** A mechanical repair, or `null`: JSON has no other word for none. */
  readonly fix: Fix | null
  /** Present where it was asked for and the finding has a line that was at hand, or could be read again. */
  readonly excerpt?: Excerpt
}

/** A repair that a program can make. */
export interface Fix {
  /** `safe` cannot change meaning. */
  readonly safety: 'safe' | 'unsafe'
  /** What it does, for people. */
  readonly title: string
  /** What the whole cell becomes; absent where the repair is not of one cell. */
  readonly replacement?: string
}

/** How many findings of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>
