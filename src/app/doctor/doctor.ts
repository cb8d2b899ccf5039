import { createIdMaker, systemClock } from '../../base/index.ts'
import { type Ledger, openLedger } from '../../ledger/index.ts'
import { trustSourcesOf } from '../config/check-server.ts'
import type { ServerConfig } from '../config/config-shape.ts'
import type { LoadedConfig } from '../config/load-config.ts'
import { remarksOf } from '../config/remarks.ts'
import { resolveFlows } from '../config/resolve-flows.ts'
import type { SecretSources } from '../config/secrets.ts'
import { endServerAlarms } from '../../watch/index.ts'
import { createServerDoor } from '../server-door.ts'
import { ledgerPath } from '../with-server-door.ts'
import { type DoctorCheck, tryCheck } from './doctor-check.ts'
import { examineFolders } from './examine-folders.ts'
import { examineHostKey } from './examine-host-key.ts'
import { examineLeases } from './examine-leases.ts'
import { examineRename } from './examine-rename.ts'
import { examineTree } from './examine-tree.ts'

/**
 * Tries everything that a flow needs, from the configuration to the rename, and goes on as far as it can. Nothing is
 * begun after `signal` is aborted; what was put on the server is removed first.
 */
export async function* examine(
  loaded: LoadedConfig,
  sources: SecretSources,
  now: () => Date,
  signal?: AbortSignal,
): AsyncGenerator<DoctorCheck> {
  const { config } = loaded
  const flows = await tryCheck(
    'configuration',
    async () => resolveFlows(loaded),
    (found) => `${found.length} flows are valid`,
  )
  yield flows.check
  yield* examineFolders(loaded, flows.value ?? [])
  const path = ledgerPath(loaded)
  const ledger = await tryCheck(
    'ledger',
    () => openLedger(path),
    () => path,
  )
  yield ledger.check
  if (ledger.value === undefined) {
    const detail = 'not asked: the ledger counts the sessions, and it cannot be opened'
    yield { name: 'server', result: 'skipped', detail }
    return
  }
  try {
    yield* examineLeases(ledger.value, now())
    if (config.server === undefined) {
      const next = 'add `server` to the configuration'
      yield { name: 'server', result: 'skipped', detail: 'no server is configured', next }
      return
    }
    for (const { about, place, message, next } of remarksOf(config)) {
      yield { name: about, result: 'note', detail: `${message} (${place})`, next }
    }
    yield* examineServer(
      { loaded, sources, now, ledger: ledger.value, flows: flows.value ?? [], signal },
      config.server,
    )
  } finally {
    await ledger.value.close()
  }
}

/** What the server is examined with. */
interface Examination {
  readonly loaded: LoadedConfig
  readonly sources: SecretSources
  readonly now: () => Date
  readonly ledger: Ledger
  readonly flows: ReturnType<typeof resolveFlows>
  readonly signal: AbortSignal | undefined
}

async function* examineServer(
  { loaded, sources, now, ledger, flows, signal }: Examination,
  server: ServerConfig,
): AsyncGenerator<DoctorCheck> {
  const clock = { ...systemClock, now }
  const newId = createIdMaker()
  const aborted = signal === undefined ? {} : { signal }
  const door = createServerDoor({ loaded, sources, ledger, clock, newId, ...aborted })
  const guard = await tryCheck(
    'server',
    () => door.guard(),
    () => door.label,
  )
  if (guard.check.result === 'failed') {
    yield guard.check
    return
  }
  const hostKey = await examineHostKey(door, trustSourcesOf(loaded, server))
  yield hostKey
  if (hostKey.result === 'failed' || signal?.aborted) return
  const login = await tryCheck(
    'login',
    () => door.tryLogin(),
    ({ label }) => label,
  )
  yield login.check
  if (login.value === undefined) return
  try {
    const { ended } = await endServerAlarms({ ledger, clock, newId }, door.label, '`flatgate doctor` got in')
    for (const { id, kind } of ended) yield { name: 'alarm', result: 'ok', detail: `${kind} (${id}) is over` }
    yield* examineTree(login.value, flows, signal)
    if (!signal?.aborted) yield* examineRename(login.value, flows, now)
  } finally {
    await login.value.close()
  }
}
