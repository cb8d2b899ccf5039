import { type Clock, GatewayError, sleepUnlessStopped } from '../base/index.ts'

/** What is open at the server: a store, or a look at its keys. */
interface Closable {
  close(): Promise<void>
}

/** Where leases are kept that all processes see. The ledger is one. */
export interface LeaseBook {
  /** Takes or prolongs; `false`: another owner holds the lease and it has not run out at `now`. */
  takeLease(name: string, owner: string, now: Date, expiresAt: Date): Promise<boolean>
  leaseOwner(name: string): Promise<string | undefined>
  releaseLease(name: string, owner: string): Promise<unknown>
}

/** How many sessions to one server may be open, and how long to wait for one of them. */
export interface ConnectionBudgetOptions {
  /** Of the server and the account: sessions under one label share one budget. */
  readonly label: string
  /** Whole number from 1 to {@link MOST_CONNECTIONS}; {@link DEFAULT_CONNECTIONS} when absent. */
  readonly limit?: number
  readonly clock: Clock
  /** A new name for each session, unlike every other in any process. */
  readonly newOwner: () => string
  /** Whether the process that made up an owner is known to have ended: its session ended with it. */
  readonly isGone?: (owner: string) => boolean
  /** Longest wait for a session; 90 seconds when absent. */
  readonly waitMs?: number
  /** Ends the waiting. */
  readonly signal?: AbortSignal
  readonly random?: () => number
}

/** House: one session moves files, one looks at the server meanwhile. */
export const DEFAULT_CONNECTIONS = 2

/** House: managed SFTP services take five sessions of one account without objection; more gains nothing. */
export const MOST_CONNECTIONS = 5

/**
 * House: how long a place stays taken after its process was lost together with its machine. Too short is worse than too
 * long: the server may refuse one session too many by locking the account.
 */
const LEASE_MS = 60_000
const RENEWALS_PER_LEASE = 4

/** House: half as long again as a lease, so that the place of a lost process comes free while one waits. */
const WAIT_MS = 90_000

/** House: a session is held for seconds; looking more often costs writes of the ledger. */
const LOOK_AGAIN_MS = 500

/**
 * Lets no more sessions be open at once than the budget allows, those of other processes included: each session holds a
 * lease `connection <label> <place>` from before it is opened until it is closed. A session whose lease was lost, as
 * after a long standstill of the machine, is closed.
 *
 * @throws {GatewayError} `TRANSFER_BUSY` no place came free in time; `STOPPED` the signal was aborted. No session was
 *   opened. Errors of the lease book and of `open` go up as they are.
 */
export function withinBudget<Session extends Closable>(
  open: () => Promise<Session>,
  leases: LeaseBook,
  options: ConnectionBudgetOptions,
): () => Promise<Session> {
  const { limit = DEFAULT_CONNECTIONS } = options
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_CONNECTIONS) throw new RangeError(`a budget of ${limit}`)
  return async () => {
    const place = await waitForPlace(leases, { ...options, limit })
    try {
      return holdPlace(await open(), place, options)
    } catch (cause) {
      await place.release()
      throw cause
    }
  }
}

/** One place of the budget, taken. */
interface Place {
  /** `false`: somebody else has it now. */
  renew(): Promise<boolean>
  release(): Promise<void>
}

async function waitForPlace(
  leases: LeaseBook,
  options: ConnectionBudgetOptions & { readonly limit: number },
): Promise<Place> {
  const { label, limit, clock, newOwner, waitMs = WAIT_MS, signal, random = Math.random } = options
  const owner = newOwner()
  // Waits are added up, because the clock may be set while one waits.
  for (let waitedMs = 0; ;) {
    for (let number = 1; number <= limit; number += 1) {
      const name = `connection ${label} ${number}`
      const renew = (): Promise<boolean> => {
        const now = clock.now()
        return leases.takeLease(name, owner, now, new Date(now.getTime() + LEASE_MS))
      }
      if ((await renew()) || ((await isFreed(leases, name, options)) && (await renew()))) {
        return { renew, release: async () => void (await leases.releaseLease(name, owner)) }
      }
    }
    if (waitedMs >= waitMs) throw new GatewayError('TRANSFER_BUSY', { label, limit, waitedMs })
    // Several that wait do not knock in step.
    const pauseMs = Math.ceil(LOOK_AGAIN_MS * (0.5 + random() / 2))
    await sleepUnlessStopped(clock, pauseMs, signal)
    if (signal?.aborted) throw new GatewayError('STOPPED', { label }, { cause: signal.reason })
    waitedMs += pauseMs
  }
}

async function isFreed(leases: LeaseBook, name: string, { isGone }: ConnectionBudgetOptions): Promise<boolean> {
  const owner = isGone && (await leases.leaseOwner(name))
  if (owner === undefined || !isGone?.(owner)) return false
  await leases.releaseLease(name, owner)
  return true
}

/** The session, which gives its place back when it is closed. */
function holdPlace<Session extends Closable>(
  session: Session,
  place: Place,
  { clock }: ConnectionBudgetOptions,
): Session {
  const closed = new AbortController()
  const renewing = renewUntil(closed.signal, { place, clock, giveUp: () => session.close() })
  let closing: Promise<void> | undefined
  return {
    ...session,
    close: () =>
      (closing ??= (async () => {
        await session.close()
        closed.abort()
        await renewing
        await releaseQuietly(place)
      })()),
  }
}

async function renewUntil(
  closed: AbortSignal,
  { place, clock, giveUp }: { place: Place; clock: Clock; giveUp: () => Promise<void> },
): Promise<void> {
  let heldUntilMs = clock.now().getTime() + LEASE_MS
  for (;;) {
    await sleepUnlessStopped(clock, LEASE_MS / RENEWALS_PER_LEASE, closed)
    if (closed.aborted) return
    const renewedAtMs = clock.now().getTime()
    const outcome = await renewOnce(place)
    if (outcome === 'renewed') heldUntilMs = renewedAtMs + LEASE_MS
    else if (outcome === 'lost' || renewedAtMs >= heldUntilMs) {
      await giveUp()
      return
    }
  }
}

/** A lease book that fails for a moment, whatever its reason, loses nothing yet: the lease still runs. */
async function renewOnce(place: Place): Promise<'renewed' | 'lost' | 'failed'> {
  const [renewal] = await Promise.allSettled([place.renew()])
  if (renewal.status === 'rejected') return 'failed'
  return renewal.value ? 'renewed' : 'lost'
}

/** Closing never fails; a lease that could not be given back runs out by itself. */
async function releaseQuietly(place: Place): Promise<void> {
  await Promise.allSettled([place.release()])
}
