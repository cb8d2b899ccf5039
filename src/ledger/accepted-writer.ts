import type { Kysely } from 'kysely'
import type {
  AcceptedKey,
  AcceptedListName,
  AcceptedPart,
  AcceptedRate,
  AcceptedWriter,
  ForgetQuery,
} from './accepted.ts'
import type { LedgerTables } from './tables.ts'

/** A statement of this many rows is compiled in a millisecond and holds no more values than SQLite takes. */
const ROWS_AT_ONCE = 500

/** What can be written about rows that were taken, inside one transaction. */
export function createAcceptedWriter(db: Kysely<LedgerTables>): AcceptedWriter {
  return {
    async addAcceptedKeys(part, list, keys) {
      const listId = await listIdOf(db, list)
      // In the order of the table, so that neighbours land in one page. Of a key that stands twice the last row counts.
      const byKey = new Map(keys.map((key) => [key.key, key]))
      const sorted = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
      for (let at = 0; at < sorted.length; at += ROWS_AT_ONCE) {
        await putKeys(db, part, listId, sorted.slice(at, at + ROWS_AT_ONCE))
      }
    },

    async addAcceptedRates(part, target, rates) {
      const byPair = new Map(rates.map((rate) => [`${rate.from} ${rate.to} ${rate.day}`, rate]))
      const all = [...byPair.values()]
      for (let at = 0; at < all.length; at += ROWS_AT_ONCE) {
        await putRates(db, part, target, all.slice(at, at + ROWS_AT_ONCE))
      }
    },

    async endAcceptedPart({ partId }, { target, rows }) {
      const end = rows === 'lost' ? ({ state: 'lost', target } as const) : ({ state: 'read', target, rows } as const)
      await db.updateTable('acceptedParts').set(end).where('partId', '=', partId).execute()
    },

    async forgetAccepted(query, limit) {
      return (await forgetKeys(db, query, limit)) + (await forgetRates(db, query, limit))
    },
  }
}

/** Puts a part that was taken in the queue of those that are read; once. */
export async function queueTakenPart(
  db: Kysely<LedgerTables>,
  partId: string,
  nextInSequence: (name: string) => Promise<number>,
): Promise<void> {
  const part = await db
    .selectFrom('parts')
    .innerJoin('files', 'files.id', 'parts.fileId')
    .select(['files.flow', 'files.object', 'parts.sha256', 'parts.takenAt', 'files.updatedAt'])
    .where('parts.id', '=', partId)
    .executeTakeFirst()
  if (part === undefined) return
  const { flow, object, sha256, takenAt, updatedAt } = part
  const ordinal = await nextInSequence('flatgate/accepted')
  await db
    .insertInto('acceptedParts')
    .values({ ordinal, partId, flow, object, sha256, takenAt: takenAt ?? updatedAt, state: 'waiting' })
    .onConflict((is) => is.column('partId').doNothing())
    .execute()
}

async function listIdOf(db: Kysely<LedgerTables>, { target, object, columns }: AcceptedListName): Promise<number> {
  const find = db
    .selectFrom('acceptedLists')
    .select('id')
    .where('target', '=', target)
    .where('object', '=', object)
    .where('columns', '=', columns)
  const known = await find.executeTakeFirst()
  if (known !== undefined) return known.id
  const { last } = await db
    .selectFrom('acceptedLists')
    .select((is) => is.fn.max<number | null>('id').as('last'))
    .executeTakeFirstOrThrow()
  const id = (last ?? 0) + 1
  await db.insertInto('acceptedLists').values({ id, target, object, columns }).execute()
  return id
}

async function putKeys(
  db: Kysely<LedgerTables>,
  { ordinal }: AcceptedPart,
  listId: number,
  keys: readonly AcceptedKey[],
): Promise<void> {
  await db
    .insertInto('acceptedKeys')
    .values(
      keys.map(({ key, rowHash, isInactive, earlier }) => ({
        listId,
        key,
        rowHash,
        isInactive: isInactive ? 1 : 0,
        earlier: earlier === undefined ? null : JSON.stringify(earlier),
        part: ordinal,
      })),
    )
    .onConflict((is) =>
      is
        .columns(['listId', 'key'])
        .doUpdateSet((row) => ({
          rowHash: row.ref('excluded.rowHash'),
          isInactive: row.ref('excluded.isInactive'),
          earlier: row.ref('excluded.earlier'),
          part: row.ref('excluded.part'),
        }))
        .whereRef('excluded.part', '>=', 'acceptedKeys.part'),
    )
    .execute()
}

async function putRates(
  db: Kysely<LedgerTables>,
  { ordinal }: AcceptedPart,
  target: string,
  rates: readonly AcceptedRate[],
): Promise<void> {
  await db
    .insertInto('acceptedRates')
    .values(
      rates.map(({ from, to, day, rate }) => ({
        target,
        fromCurrency: from,
        toCurrency: to,
        rateDate: day,
        rate,
        part: ordinal,
      })),
    )
    .onConflict((is) =>
      is
        .columns(['target', 'fromCurrency', 'toCurrency', 'rateDate'])
        .doUpdateSet((row) => ({ rate: row.ref('excluded.rate'), part: row.ref('excluded.part') }))
        .whereRef('excluded.part', '>=', 'acceptedRates.part'),
    )
    .execute()
}

async function forgetKeys(db: Kysely<LedgerTables>, query: ForgetQuery, limit: number): Promise<number> {
  let lists = db.selectFrom('acceptedLists').select('id')
  if (query.target !== undefined) lists = lists.where('target', '=', query.target)
  if (query.object !== undefined) lists = lists.where('object', '=', query.object)
  let forgotten = 0
  for (const { id } of await lists.execute()) {
    if (forgotten >= limit) break
    let found = db
      .selectFrom('acceptedKeys')
      .innerJoin('acceptedParts', 'acceptedParts.ordinal', 'acceptedKeys.part')
      .select('acceptedKeys.key')
      .where('acceptedKeys.listId', '=', id)
      .limit(limit - forgotten)
    if (query.before !== undefined) found = found.where('acceptedParts.takenAt', '<', query.before.toISOString())
    const { numDeletedRows } = await db
      .deleteFrom('acceptedKeys')
      .where('listId', '=', id)
      .where('key', 'in', found)
      .executeTakeFirst()
    forgotten += Number(numDeletedRows)
    await db
      .deleteFrom('acceptedLists')
      .where('id', '=', id)
      .where('id', 'not in', db.selectFrom('acceptedKeys').select('listId').where('listId', '=', id).limit(1))
      .execute()
  }
  return forgotten
}

async function forgetRates(db: Kysely<LedgerTables>, query: ForgetQuery, limit: number): Promise<number> {
  if (query.object !== undefined && query.object !== 'exchange-rates') return 0
  let rates = db
    .selectFrom('acceptedRates as old')
    .innerJoin('acceptedParts', 'acceptedParts.ordinal', 'old.part')
    .select(['old.target', 'old.fromCurrency', 'old.toCurrency', 'old.rateDate'])
    .limit(limit)
  if (query.target !== undefined) rates = rates.where('old.target', '=', query.target)
  if (query.before !== undefined) rates = rates.where('acceptedParts.takenAt', '<', query.before.toISOString())
  const found = await rates.execute()
  for (const { target, fromCurrency, toCurrency, rateDate } of found) {
    await db
      .deleteFrom('acceptedRates')
      .where('target', '=', target)
      .where('fromCurrency', '=', fromCurrency)
      .where('toCurrency', '=', toCurrency)
      .where('rateDate', '=', rateDate)
      .execute()
  }
  return found.length
}
