import { GatewayError } from '../../src/base/index.ts'
import type { ContentStore } from '../../src/delivery/index.ts'
import type { FaultPlan } from './fault-plan.ts'

/** A content store whose flushes go by a plan: the disk is full, or the process ends. */
export function failingContents(contents: ContentStore, plan: FaultPlan): ContentStore {
  const full = (): Error => new GatewayError('DISK_FULL', { path: 'failing' })
  const errors = { refused: full, lost: full }
  return {
    ...contents,
    put: (bytes) => plan.call('put', () => contents.put(bytes), errors),
    async draft() {
      const draft = await contents.draft()
      return { ...draft, commit: () => plan.call('commit', () => draft.commit(), errors) }
    },
  }
}
