import type { AlarmKind } from '../ledger/index.ts'

/** Kinds of alarms about a server that are over when a login succeeds. */
export const SERVER_KINDS: readonly AlarmKind[] = ['server-unreachable', 'login-refused', 'host-key-changed']
