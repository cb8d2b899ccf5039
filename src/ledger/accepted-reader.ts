import { type Kysely, sql } from 'kysely'
import type { AcceptedListName, AcceptedPart, AcceptedReader, RememberedKey } from './accepted.ts'
import type { LedgerTables } from './tables.ts'

/** SQLite takes 32,766 values in one statement; a list of this length is compiled quickly. */
const KEYS_AT_ONCE = 500

/** The questions about rows that were taken. */
export function createAcceptedReader(db: Kysely<LedgerTables>): AcceptedReader {
  function keysOf(list: AcceptedListName) {
    return db
      .selectFrom('acceptedLists')
      .innerJoin('acceptedKeys', 'acceptedKeys.listId', 'acceptedLists.id')
      .innerJoin('acceptedParts', 'acceptedParts.ordinal', 'acceptedKeys.part')
      .select([
        'acceptedKeys.key',
        'acceptedKeys.rowHash',
        'acceptedKeys.isInactive',
        'acceptedKeys.earlier',
        'acceptedParts.partId',
        'acceptedParts.takenAt',
      ])
      .where('acceptedLists.target', '=', list.target)
      .where('acceptedLists.object', '=', list.object)
      .where('acceptedLists.columns', '=', list.columns)
  }

  return {
    async waitingParts(flow) {
      const rows = await db
        .selectFrom('acceptedParts')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('flow', '=', flow)
        .orderBy('ordinal')
        .execute()
      return rows.map(asPart)
    },

    async acceptedLists(target) {
      return db
        .selectFrom('acceptedLists')
        .select(['target', 'object', 'columns'])
        .where('target', '=', target)
        .orderBy('object')
        .orderBy('columns')
        .execute()
    },

    async acceptedKeysAfter({ target, object, columns }, after, limit) {
      // Without the renaming of columns and the building of queries, which cost three times the reading itself: a list
      // of a million keys is read whole.
      const { rows } = await sql<PageRow>`
        select k.key, k.row_hash, k.is_inactive, k.earlier, p.part_id, p.taken_at
        from accepted_lists l
        join accepted_keys k on k.list_id = l.id
        join accepted_parts p on p.ordinal = k.part
        where l.target = ${target} and l.object = ${object} and l.columns = ${columns} and k.key > ${after}
        order by k.key limit ${limit}
      `.execute(db.withoutPlugins())
      const dates = new Map<string, Date>()
      return rows.map(({ key, row_hash: rowHash, is_inactive: isInactive, earlier, part_id: partId, taken_at: at }) => {
        const takenAt = dates.get(at) ?? new Date(at)
        dates.set(at, takenAt)
        const row = { key, rowHash, isInactive: isInactive === 1, partId, takenAt }
        return earlier === null ? row : { ...row, earlier: readEarlier(earlier) }
      })
    },

    async findAcceptedKeys(list, keys) {
      const found: RememberedKey[] = []
      for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
        const rows = await keysOf(list)
          .where('acceptedKeys.key', 'in', keys.slice(at, at + KEYS_AT_ONCE))
          .execute()
        found.push(...rows.map(asKey))
      }
      return found
    },

    async latestAcceptedRates(target) {
      const rows = await db
        .selectFrom('acceptedRates as rates')
        .innerJoin('acceptedParts', 'acceptedParts.ordinal', 'rates.part')
        .select(['rates.fromCurrency', 'rates.toCurrency', 'rates.rateDate', 'rates.rate', 'acceptedParts.takenAt'])
        .where('rates.target', '=', target)
        .where((is) =>
          is(
            'rates.rateDate',
            '=',
            is
              .selectFrom('acceptedRates as newest')
              .select((one) => one.fn.max('newest.rateDate').as('day'))
              .whereRef('newest.target', '=', 'rates.target')
              .whereRef('newest.fromCurrency', '=', 'rates.fromCurrency')
              .whereRef('newest.toCurrency', '=', 'rates.toCurrency'),
          ),
        )
        .orderBy('rates.fromCurrency')
        .orderBy('rates.toCurrency')
        .execute()
      return rows.map(({ fromCurrency, toCurrency, rateDate, rate, takenAt }) => ({
        from: fromCurrency,
        to: toCurrency,
        day: rateDate,
        rate,
        takenAt: new Date(takenAt),
      }))
    },

    async countAcceptedKeys() {
      const rows = await db
        .selectFrom('acceptedLists as lists')
        .innerJoin('acceptedKeys as keys', 'keys.listId', 'lists.id')
        .innerJoin('acceptedParts as parts', 'parts.ordinal', 'keys.part')
        .select((is) => [
          'lists.target',
          'lists.object',
          'lists.columns',
          is.fn.countAll<number | string>().as('count'),
          is.fn.max('parts.takenAt').as('lastTakenAt'),
        ])
        .groupBy(['lists.target', 'lists.object', 'lists.columns'])
        .orderBy('lists.target')
        .orderBy('lists.object')
        .orderBy('lists.columns')
        .execute()
      return rows.map(({ count, lastTakenAt, ...list }) => ({
        ...list,
        // Some databases give a count as text.
        keys: Number(count),
        lastTakenAt: new Date(lastTakenAt),
      }))
    },
  }
}

function asPart({ partId, ordinal, flow, object, sha256, takenAt }: LedgerTables['acceptedParts']): AcceptedPart {
  return { partId, ordinal, flow, object, sha256, takenAt: new Date(takenAt) }
}

type KeyRow = Pick<LedgerTables['acceptedKeys'], 'key' | 'rowHash' | 'isInactive' | 'earlier'> &
  Pick<LedgerTables['acceptedParts'], 'partId' | 'takenAt'>

function asKey({ key, rowHash, isInactive, earlier, partId, takenAt }: KeyRow): RememberedKey {
  return {
    key,
    rowHash,
    isInactive: isInactive === 1,
    partId,
    takenAt: new Date(takenAt),
    ...(earlier === null ? {} : { earlier: readEarlier(earlier) }),
  }
}

/** As the database names its columns. */
interface PageRow {
  readonly key: string
  readonly row_hash: string
  readonly is_inactive: number
  readonly earlier: string | null
  readonly part_id: string
  readonly taken_at: string
}

function readEarlier(text: string): Readonly<Record<string, string>> {
  return JSON.parse(text) as Readonly<Record<string, string>>
}
