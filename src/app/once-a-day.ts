import { asGatewayError, type Clock, GatewayError, type Log } from '../base/index.ts'

const DAY_MS = 24 * 60 * 60_000
/** House: what could not be done because a flow was at work is tried again soon, but not at every look. */
const AGAIN_MS = 60 * 60_000

/**
 * Makes a function that does `work` when it is called and a day has passed since it was done: at the first call, then at
 * most once a day. A fault of the surroundings is logged and the work tried again after an hour.
 */
export function onceADay(
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Log },
  what: string,
  work: () => Promise<void>,
): () => Promise<void> {
  let triedAtMs = -Infinity
  let restMs = 0
  return async () => {
    const nowMs = clock.now().getTime()
    // An instant in the future was written by a clock that has been put right since.
    if (nowMs >= triedAtMs && nowMs - triedAtMs < restMs) return
    triedAtMs = nowMs
    restMs = DAY_MS
    try {
      await work()
    } catch (cause) {
      const error = asGatewayError(cause)
      if (!(error instanceof GatewayError)) throw error
      restMs = AGAIN_MS
      log.warn(`${what} is tried again in an hour`, { code: error.code, reason: error.message })
    }
  }
}
