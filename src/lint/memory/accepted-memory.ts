import type { NameList } from '../names/name-list.ts'

/** What is remembered of the rows that Coupa took, as far as a file to be linted needs it. Filled before the file is read. */
export interface AcceptedMemory {
  /** Names of an object by a key or an attribute, as `nameId` calls it; `undefined`: none was ever taken. */
  find(object: string, id: string): NameList | undefined
}
