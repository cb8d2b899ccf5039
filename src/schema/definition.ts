/** Into Coupa (`import`) or out of it (`export`). */
export type Direction = 'import' | 'export'

/** What a cell of a column holds. `unknown`: Coupa's documentation does not say. */
export type ColumnType =
  | 'string'
  | 'text'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'unknown'

/** A further form that the text of a cell must have. */
export type ColumnFormat =
  | 'money-with-currency'
  | 'currency-code'
  | 'country-code'
  | 'locale'
  | 'email'
  | 'phone'
  | 'url'
  | 'domain'
  | 'timezone'
  | 'zip-path'
  | 'digits'
  | 'number'
  | 'unspsc'
  | 'isic'

/**
 * A condition on other cells of the same row. Exactly one of `column` (with one test), `anyFilled`, `allBlankOrNo`,
 * `operation` and `itemSetting` is given. What the file cannot tell (`operation`, `itemSetting`) never holds.
 */
export interface Condition {
  readonly column?: string
  readonly equals?: string
  readonly notEquals?: string
  readonly in?: readonly string[]
  readonly filled?: boolean
  readonly anyFilled?: readonly string[]
  readonly allBlankOrNo?: readonly string[]
  readonly operation?: 'create' | 'update'
  readonly itemSetting?: string
  /** The condition does not hold where the file lacks that column. */
  readonly onlyIfColumnExists?: boolean
  /** Read out of a workbook or inferred: a broken condition is a warning, not an error. */
  readonly isDoubtful?: boolean
}

/** The record that a value names. */
export interface Reference {
  /** Object of these schemas where there is one (`departments`), else Coupa's own word (`Currency`). */
  readonly object: string
  /** Attribute of it that the value carries: `name`, `code`, `login`. */
  readonly by?: string
  readonly mustExist?: boolean
  readonly mustBeActive?: boolean
  /** The record named must belong to the one of this object in the same row: an address of the supplier. */
  readonly mustBelongTo?: string
  /** Only records of these types may be named. */
  readonly types?: readonly string[]
}

/** Where the files of an object carry an attribute by which other objects name its records. */
export interface Attribute {
  readonly column: string
  /** Record type of the column; the first one when absent. */
  readonly record?: string
}

/** Several values in one field. */
export interface ListForm {
  readonly separator: string
  readonly itemMaxLength?: number
  readonly maxItems?: number
  readonly itemQuote?: string
}

/**
 * A fact that could not be made certain: the name of the key it belongs to, a colon, and why (`format: only the name
 * suggests it`). A rule that rests on that key says no more than a warning; {@link isUncertain} asks for it.
 */
export type Uncertainty = string

/** One column of a record type, as `schemas/` states it. Lengths are in code points. */
export interface Column {
  /** Spelling of the current documentation, without the star of required columns. */
  readonly name: string
  /** Other spellings that mean the same column. */
  readonly aliases?: readonly string[]
  /** An older name of the same column. */
  readonly formerly?: readonly string[]
  /** 2: the second column of this name in the record. */
  readonly occurrence?: number
  readonly type: ColumnType
  /** At most so many. */
  readonly length?: number
  readonly minLength?: number
  /** Only these lengths. */
  readonly lengths?: readonly number[]
  readonly precision?: number
  readonly scale?: number
  /** Must be filled in every row. Never set on exports. */
  readonly required?: boolean
  /** What `required` was in the releases R21 to R35, where it differs. */
  readonly requiredBefore?: boolean
  /** No value twice, by itself. Never set on exports. */
  readonly unique?: boolean
  /** Unique only together with these columns; `unique` is then absent. */
  readonly uniqueWith?: readonly string[]
  /** Closed enumeration; a blank cell is none of its values. Never set on exports. */
  readonly allowed?: readonly string[]
  /** Values that the source names without closing the list; on exports, those it lists. */
  readonly suggested?: readonly string[]
  /** What the values of `allowed` mean. */
  readonly labels?: Readonly<Record<string, string>>
  readonly default?: string
  readonly blankMeans?: string
  readonly format?: ColumnFormat
  readonly countryCodeForms?: readonly ('alpha-2' | 'alpha-3' | 'numeric')[]
  /** A date pattern (`YYYY-MM-DDTHH:MM:SS+HH:MM`) or another template. */
  readonly pattern?: string
  readonly dateFormats?: readonly string[]
  readonly isDateOnly?: boolean
  readonly min?: number
  readonly max?: number
  readonly ranges?: readonly (readonly [number, number])[]
  readonly isNonZero?: boolean
  readonly isNotFuture?: boolean
  readonly unit?: string
  readonly list?: ListForm
  /** Several values, separator not stated. */
  readonly isMultiple?: boolean
  /** Of one value among several, where the separator is not stated; see `list` for the others. */
  readonly itemMaxLength?: number
  readonly maxItems?: number
  readonly parts?: readonly string[]
  readonly partSeparator?: string
  readonly references?: Reference
  /** A further form beside `format`: the value may name a record of this kind. */
  readonly orReferences?: string
  readonly requiredWhen?: Condition
  readonly requiredUnless?: string
  readonly blankWhen?: Condition
  readonly ignoredWhen?: Condition
  /** May be filled only if that column is. */
  readonly noGapsWith?: string
  readonly isAssignedByCoupa?: boolean
  readonly isDeprecated?: boolean
  readonly isIgnored?: boolean
  /** Not in Coupa's template, may be added. */
  readonly isHidden?: boolean
  /** Stands for a custom field (`custom-field-1`); real files show the name that the instance gave it. */
  readonly isPlaceholder?: boolean
  readonly isUnsupported?: boolean
  /** Columns that Coupa sets too when this one is filled. */
  readonly sets?: readonly string[]
  /** A value with a consequence worth a warning. */
  readonly warnWhen?: { readonly equals: string; readonly effect: string }
  /** Scope in words. */
  readonly onlyFor?: string
  /** One short line where the name does not say it. */
  readonly description?: string
  readonly uncertain?: readonly Uncertainty[]
  /** `R21-`, `R21-R31`, `R24,2026-`: where the column was seen. */
  readonly releases: string
}

/** The column that tells the row types of a file apart, and its value for one record type. */
export interface Discriminator {
  readonly column: string
  /** Absent: not stated. */
  readonly value?: string
  /** Other values seen for the same record type. */
  readonly alsoSeen?: readonly string[]
  /** All values that the column can hold, as far as they are listed. */
  readonly rowTypes?: readonly string[]
}

/** One record type of a file. */
export interface RecordType {
  /** `Invoice Line`. */
  readonly name: string
  /** Absent: a plain file, or a record type whose mark is not stated. */
  readonly discriminator?: Discriminator
  /** Loaded as a file of its own, with one plain header row. */
  readonly isSeparateFile?: boolean
  /** The documentation lists shared columns under the first record type only: accept any column of the object here. */
  readonly isPartial?: boolean
  /** The source lists nothing but placeholders of custom fields: unknown columns are expected. */
  readonly isPlaceholdersOnly?: boolean
  /** Of each group, at least one set of columns must be filled. */
  readonly requireOneOf?: readonly (readonly (readonly string[])[])[]
  /** Text that fills a segment that must not stay empty. */
  readonly segmentPlaceholder?: string
  /** Rows for which it holds make their record inactive. */
  readonly inactiveWhen?: Condition
  readonly uncertain?: readonly Uncertainty[]
  readonly columns: readonly Column[]
}

/** A key by which Coupa looks a record up; several columns where the key is a combination. */
export type Key = readonly string[]

/** What a key may change when a record is found by it. */
export interface KeyRule {
  readonly key: Key
  readonly canUpdate?: '*' | readonly string[]
  readonly cannotUpdate?: readonly string[]
}

/** One object in one direction, as a file of `schemas/` states it. */
export interface SchemaDefinition {
  /** `users`; also the name of the file. */
  readonly object: string
  /** `Users`. */
  readonly title: string
  readonly direction: Direction
  /** Where the facts come from and of when they are. */
  readonly source: string
  readonly releases: string
  /** Coupa's folder: `/Incoming/Users`, `/Outgoing/Invoices`. Absent: not stated. */
  readonly folder?: string
  /** Whether `folder` is stated by Coupa or follows the naming rule of the stated ones. */
  readonly isFolderInferred?: boolean
  /** Both spellings of the archive, the stated one first. */
  readonly archiveFolders?: readonly string[]
  /** Coupa documents that this object cannot travel over SFTP, and why. */
  readonly noSftp?: string
  /** First part of file names: `users`, `fx_rates`. */
  readonly filePrefix: string
  /** Of one file into Coupa; {@link INBOUND_LIMITS} where the definition says nothing. An export has no limit. */
  readonly limits: { readonly rows: number; readonly bytes: number }
  /** A ZIP with the CSV file at its top and attachments beside it may be loaded. */
  readonly takesZip?: boolean
  /** By which Coupa looks a record up; columns of the first record type. Empty: not stated. */
  readonly keys: readonly Key[]
  /** Coupa tries `keys` in this order. */
  readonly hasKeyPriority?: boolean
  /**
   * What tells two rows of one file apart, where that is not `keys`: keys of an invoice payment find its invoice, and
   * an invoice may have several payments. Empty: rows may repeat.
   */
  readonly rowKeys?: readonly Key[]
  readonly keyRules?: readonly KeyRule[]
  /** Coupa creates these records and never changes them. */
  readonly isCreateOnly?: boolean
  /** Coupa creates a new record when a row would update one that is inactive. */
  readonly isRecreatedWhenInactive?: boolean
  /** Objects of which records must exist before, where no column of their own names them. */
  readonly mustExistBefore?: readonly string[]
  /** The columns behind the `by` of references to this object: `login` is `Login`. */
  readonly attributes?: Readonly<Record<string, Attribute>>
  /** Facts in words that belong to the whole object. */
  readonly notes?: readonly string[]
  readonly uncertain?: readonly Uncertainty[]
  readonly records: readonly RecordType[]
}
