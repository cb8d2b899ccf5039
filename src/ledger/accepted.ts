/** A part that the receiver took, whose rows are to be remembered. */
export interface AcceptedPart {
  readonly partId: string
  /** Gives the order in which parts were taken, whatever the clock says. */
  readonly ordinal: number
  readonly flow: string
  readonly object: string
  /** Of its content in the store. */
  readonly sha256: string
  readonly takenAt: Date
}

/** All keys of one kind: `Supplier Number` of the suppliers at one target. */
export interface AcceptedListName {
  /** Label of the server. */
  readonly target: string
  readonly object: string
  /** The columns of the key, as the linter calls them: `Login`, `Lookup: Name`, `Name + City`. */
  readonly columns: string
}

/** A key of a row that was taken. */
export interface AcceptedKey {
  /** As it stood in the row, outer blanks left out. */
  readonly key: string
  /** Tells two states of the row apart. */
  readonly rowHash: string
  readonly isInactive: boolean
  /** The keys of the row that Coupa looks at before this one, by column. */
  readonly earlier?: Readonly<Record<string, string>>
}

/** A key with the newest part that had it. */
export interface RememberedKey extends AcceptedKey {
  readonly partId: string
  readonly takenAt: Date
}

/** An exchange rate that was taken. */
export interface AcceptedRate {
  /** Three letters, upper case. */
  readonly from: string
  readonly to: string
  /** `2026-11-20`. */
  readonly day: string
  /** As it stood in the file. */
  readonly rate: string
}

/** How many keys are remembered of each kind. */
export interface AcceptedCount extends AcceptedListName {
  readonly keys: number
  /** Of the newest part. */
  readonly lastTakenAt: Date
}

/** What is to be forgotten. All given conditions hold together; at least one must be given. */
export interface ForgetQuery {
  readonly target?: string
  readonly object?: string
  /** Only what no part taken since then had. */
  readonly before?: Date
}

/** What can be asked about rows that were taken. */
export interface AcceptedReader {
  /** Parts of a flow that were taken and whose rows are not remembered yet, in the order in which they were taken. */
  waitingParts(flow: string): Promise<readonly AcceptedPart[]>
  /** Kinds of keys of which there are any. */
  acceptedLists(target: string): Promise<readonly AcceptedListName[]>
  /** The next keys of a kind, in their order, behind a key; from the first one when it is `''`. */
  acceptedKeysAfter(list: AcceptedListName, after: string, limit: number): Promise<readonly RememberedKey[]>
  /** Those of some keys that are remembered, in any order. */
  findAcceptedKeys(list: AcceptedListName, keys: readonly string[]): Promise<readonly RememberedKey[]>
  /** The newest rate of each pair, by its day. */
  latestAcceptedRates(target: string): Promise<readonly (AcceptedRate & { readonly takenAt: Date })[]>
  countAcceptedKeys(): Promise<readonly AcceptedCount[]>
}

/** What can be written about them. Everything may be written twice: what a newer part had stays. */
export interface AcceptedWriter {
  addAcceptedKeys(part: AcceptedPart, list: AcceptedListName, keys: readonly AcceptedKey[]): Promise<void>
  addAcceptedRates(part: AcceptedPart, target: string, rates: readonly AcceptedRate[]): Promise<void>
  /** Says that all rows of a part are remembered, or that its content is lost. */
  endAcceptedPart(part: AcceptedPart, how: { readonly target: string; readonly rows: number | 'lost' }): Promise<void>
  /** Forgets up to so many keys, and as many rates; gives how many there were. Call it until that is 0. */
  forgetAccepted(query: ForgetQuery, limit: number): Promise<number>
}
