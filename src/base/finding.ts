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
}

/** A repair that a program can make. */
export interface Fix {
  /** `safe` cannot change meaning. */
  readonly safety: 'safe' | 'unsafe'
  /** What it does, for people. */
  readonly title: string
}

/** How many findings of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>
