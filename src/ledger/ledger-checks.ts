import { FILE_ENDS, PART_ENDS, statesThat } from './end-states.ts'

/** A question to a ledger that is as it should be when it gives no row. */
export interface LedgerQuestion {
  /** Gives the column `which`: what to name to people. */
  readonly query: string
  readonly says: string
}

/** The words are our own, none holds a quote. */
const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

const ENDED_FILES = list(statesThat(FILE_ENDS, true))
const ENDED_PARTS = list(statesThat(PART_ENDS, true))

/**
 * What is true of every sound ledger, by the code of the finding where it is not. SQL as SQLite has it: on another
 * database the file is that database's to check.
 */
export const LEDGER_CHECKS: Readonly<Record<string, LedgerQuestion>> = {
  'unknown-file-state': {
    query: `select id || ' is ' || state as which from files where state not in (${list(Object.keys(FILE_ENDS))})`,
    says: 'a file is in a state that flatgate does not know',
  },
  'unknown-part-state': {
    query: `select id || ' is ' || state as which from parts where state not in (${list(Object.keys(PART_ENDS))})`,
    says: 'a part is in a state that flatgate does not know',
  },
  'part-outlives-file': {
    query:
      `select parts.id || ' is ' || parts.state || ', its file ' || files.id || ' is ' || files.state as which ` +
      `from parts join files on files.id = parts.file_id ` +
      `where files.state in (${ENDED_FILES}) and parts.state not in (${ENDED_PARTS})`,
    says: 'a part is still on its way although its file has ended',
  },
  'part-behind-file': {
    query:
      `select parts.id || ' is ' || parts.state || ', its file ' || files.id || ' is placed' as which ` +
      `from parts join files on files.id = parts.file_id ` +
      `where files.state = 'placed' and parts.state in ('prepared', 'placing', 'renaming')`,
    says: 'a part is not on the server although its file counts as placed',
  },
  'name-used-twice': {
    query:
      `select remote_path as which from parts where state <> 'dropped' ` +
      `group by remote_path having count(distinct sha256) > 1`,
    says: 'one remote name was given to different contents',
  },
  'sequence-behind-order': {
    query:
      `select 'the newest is ' || newest || ', the sequence is at ' || coalesce(at, 'nothing') as which from (` +
      `select max(ordinal) as newest, (select value from sequences where name = 'flatgate/ordinals') as at from (` +
      `select max(ordinal) as ordinal from files union all select max(ordinal) from events ` +
      `union all select max(ordinal) from runs)) where newest is not null and newest > coalesce(at, 0)`,
    says: 'the sequence that orders the ledger lies behind what it has numbered',
  },
  'sequence-behind-names': {
    // Names end in `_0001.csv`; the sequence is that of the remote folder.
    query:
      `select name || ', the sequence of its folder is at ' || value as which from (` +
      `select parts.name, sequences.value, ` +
      `cast(substr(parts.name, -8, 4) as integer) as number from parts ` +
      `join sequences on parts.remote_path = sequences.name || '/' || parts.name ` +
      `where parts.name glob '*[_][0-9][0-9][0-9][0-9].csv') where number > value`,
    says: 'a name carries a number that its sequence has not given yet',
  },
  'unreadable-facts': {
    query: `select 'event ' || ordinal || ' of ' || file_id as which from events where not json_valid(facts)`,
    says: 'the facts of a step cannot be read',
  },
  'unreadable-findings': {
    query: `select id as which from files where findings is not null and not json_valid(findings)`,
    says: 'the counts of findings of a file cannot be read',
  },
}
