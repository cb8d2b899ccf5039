import { reconcileAlarms, type AlarmChanges, type AlarmTools } from './reconcile.ts'
import { SERVER_KINDS } from './server-kinds.ts'

/** Ends what is open about a server, by its label, because somebody else than a pass got in. */
export function endServerAlarms(tools: AlarmTools, server: string, ending: string): Promise<AlarmChanges> {
  return reconcileAlarms(tools, {
    conditions: [],
    endingOf: async ({ kind, subject }) => (SERVER_KINDS.includes(kind) && subject === server ? ending : undefined),
  })
}
