import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { createIdMaker, ERROR_TABLE, GatewayError } from '../base/index.ts'
import { probeHostKey, type RemoteStore } from '../transfer/index.ts'
import type { ServerConfig } from './config/config-shape.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { type ResolvedFlow, resolveFlows } from './config/resolve-flows.ts'
import { isReference, readSecrets, type SecretSources } from './config/secrets.ts'
import { openServerStore } from './stores.ts'

/** One thing that was tried. */
export interface DoctorCheck {
  readonly name: string
  readonly result: 'ok' | 'note' | 'failed' | 'skipped'
  readonly detail: string
  /** What to do about it. */
  readonly next?: string
  /** What failed, for the exit code. */
  readonly error?: GatewayError
}

/** House: clocks further apart than this make stamps in names misleading. */
const CLOCK_TOLERANCE_MS = 2 * 60_000

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
  const flows = await tryCheck(
    'configuration',
    async () => resolveFlows(loaded),
    (found) => `${found.length} flows are valid`,
  )
  yield flows.check
  yield (
    await tryCheck(
      'folders',
      () => checkFolders(loaded, flows.value ?? []),
      (count) => `${count} folders can be written`,
    )
  ).check

  const { server } = loaded.config
  if (server === undefined) {
    yield {
      name: 'server',
      result: 'skipped',
      detail: 'no server is configured',
      next: 'add `server` to the configuration',
    }
    return
  }
  if (hasLiteralSecret(server)) yield LITERAL_SECRET
  const hostKey = await examineHostKey(server)
  yield hostKey
  if (hostKey.result === 'failed' || signal?.aborted) return
  const login = await tryCheck(
    'login',
    async () => openServerStore(server, readSecrets(server, sources)),
    (store) => store.label,
  )
  yield login.check
  if (login.value === undefined) return
  try {
    yield* examineTree(login.value, flows.value ?? [], signal)
    if (!signal?.aborted) yield* examineRename(login.value, flows.value ?? [], now)
  } finally {
    await login.value.close()
  }
}

/** Whoever may read the configuration would know the secret. */
const LITERAL_SECRET: DoctorCheck = {
  name: 'secrets',
  result: 'note',
  detail: 'a secret stands in the configuration itself',
  next: 'put ${env:NAME} or ${file:path} there instead',
}

function hasLiteralSecret({ password, privateKey, passphrase }: ServerConfig): boolean {
  return [password, privateKey, passphrase].some((secret) => secret !== undefined && !isReference(secret))
}

async function checkFolders(loaded: LoadedConfig, flows: readonly ResolvedFlow[]): Promise<number> {
  const folders = [
    resolve(loaded.folder, loaded.config.folders.state),
    ...flows.map(({ kind, flow }) => (kind === 'import' ? flow.dropFolder : flow.targetFolder)),
  ]
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
      const probe = join(folder, `.doctor-${process.pid}`)
      await writeFile(probe, '')
      await rm(probe)
    } catch (cause) {
      throw new GatewayError('FILE_UNREADABLE', { path: folder }, { cause })
    }
  }
  return folders.length
}

async function examineHostKey(server: ServerConfig): Promise<DoctorCheck> {
  const probe = await tryCheck(
    'host key',
    () => probeHostKey(server),
    ({ fingerprint, type }) => `${type} ${fingerprint}`,
  )
  if (probe.value === undefined) return probe.check
  const { fingerprint } = probe.value
  if (server.hostKey === undefined) {
    const next = `compare it with what the operator of the server told you, then write  hostKey: "${fingerprint}"  under server`
    return {
      ...probe.check,
      result: 'failed',
      detail: `${probe.check.detail} is not pinned`,
      next,
      error: new GatewayError('TRANSFER_HOST_KEY_MISSING', { host: server.host }),
    }
  }
  if (server.hostKey.includes(fingerprint)) return { ...probe.check, detail: `${probe.check.detail} is pinned` }
  const error = new GatewayError('TRANSFER_HOST_KEY', { expected: server.hostKey.join(' or '), found: fingerprint })
  return failedCheck('host key', error)
}

async function* examineTree(
  store: RemoteStore,
  flows: readonly ResolvedFlow[],
  signal: AbortSignal | undefined,
): AsyncGenerator<DoctorCheck> {
  for (const { kind, flow } of flows) {
    if (signal?.aborted) return
    const name = `folder of ${flow.name}`
    const found = await tryCheck(
      name,
      () => store.list(flow.remoteFolder),
      (files) => `${flow.remoteFolder}, ${files.length} files in it`,
    )
    yield found.value === undefined
      ? { ...found.check, ...(await suggestFolders(store, flow.remoteFolder)) }
      : found.check
    if (kind === 'import') yield await examineArchives(store, flow.name, flow.archiveFolders)
  }
}

/** One spelling of the archive is enough; none means that nothing can be confirmed. */
async function examineArchives(store: RemoteStore, flow: string, archives: readonly string[]): Promise<DoctorCheck> {
  const seen: string[] = []
  for (const folder of archives) {
    const found = await tryCheck(
      'archive',
      () => store.list(folder),
      () => folder,
    )
    if (found.value !== undefined) seen.push(folder)
  }
  const name = `archive of ${flow}`
  if (seen.length > 0) return { name, result: 'ok', detail: seen.join(', ') }
  const next = 'name the folder under `archives` of the flow; until then nothing can be confirmed'
  return {
    name,
    result: 'note',
    detail: `none of ${archives.join(', ')} is there (Coupa may make it with the first file)`,
    next,
  }
}

async function suggestFolders(store: RemoteStore, folder: string): Promise<{ next?: string }> {
  const parent = posix.dirname(folder)
  const siblings = await tryCheck(
    'siblings',
    () => store.listFolders(parent),
    () => '',
  )
  return siblings.value === undefined
    ? {}
    : { next: `${parent} has: ${siblings.value.join(', ') || 'no folders'}. Name the right one in the flow` }
}

/** Names that no pick-up pattern matches: neither ends in .csv or .zip. */
async function* examineRename(
  store: RemoteStore,
  flows: readonly ResolvedFlow[],
  now: () => Date,
): AsyncGenerator<DoctorCheck> {
  const target = flows.find(({ kind }) => kind === 'import')
  if (target === undefined) return
  const path = `${target.flow.remoteFolder}/flatgate-doctor-${createIdMaker()()}.probe`
  const body = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('flatgate doctor\n')
  }
  const put = await tryCheck(
    'temporary name and rename',
    () => store.publish(path, body(), { stagingPath: `${path}.part` }),
    () => 'a file is put under a temporary name, compared and renamed',
  )
  yield put.check
  if (put.value === undefined) return
  const again = await tryCheck(
    'rename',
    () => store.publish(path, body(), { stagingPath: `${path}.part` }),
    () => '',
  )
  const isRefused = again.check.error?.code === 'TRANSFER_TARGET_EXISTS'
  yield isRefused
    ? { name: 'no replacing', result: 'ok', detail: 'a second file of the same name is refused' }
    : {
        name: 'no replacing',
        result: 'note',
        detail: 'the server did not refuse a second file of the same name',
        next: 'flatgate looks before each rename; its names never repeat',
      }
  const { modifiedAt } = put.value
  yield (
    await tryCheck(
      'clean-up',
      () => store.remove(path),
      () => 'the probe is removed again',
    )
  ).check
  if (modifiedAt === undefined) return
  const apartMs = Math.abs(modifiedAt.getTime() - now().getTime())
  const detail = `the server's clock and ours are ${Math.round(apartMs / 1000)} s apart`
  yield apartMs <= CLOCK_TOLERANCE_MS
    ? { name: 'clock', result: 'ok', detail }
    : {
        name: 'clock',
        result: 'note',
        detail,
        next: 'set both by a time server; stamps in file names would mislead people',
      }
}

/** Tries one thing; an error of the gateway is a result, any other goes up. */
async function tryCheck<T>(
  name: string,
  work: () => Promise<T>,
  tell: (value: T) => string,
): Promise<{ check: DoctorCheck; value?: T }> {
  try {
    const value = await work()
    return { check: { name, result: 'ok', detail: tell(value) }, value }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { check: failedCheck(name, error) }
  }
}

function failedCheck(name: string, error: GatewayError): DoctorCheck {
  return { name, result: 'failed', detail: error.message, next: ERROR_TABLE[error.code].next, error }
}
