import type { WatchedFlow } from '../watch/index.ts'
import type { Config } from './config/config-shape.ts'
import type { ResolvedFlow } from './config/resolve-flows.ts'

/** What is known of the flows of a configuration when their alarms are judged. */
export function watchedFlows(
  flows: readonly ResolvedFlow[],
  { alarms: { stuckAfterMinutes } }: Pick<Config, 'alarms'>,
): readonly WatchedFlow[] {
  return flows.map(({ kind, flow: { name }, timing: { schedule, expectation } }) => ({
    name,
    direction: kind,
    stuckAfterMinutes,
    ...(schedule === undefined ? {} : { schedule }),
    ...(expectation === undefined ? {} : { expectation }),
  }))
}
