import { createIdMaker } from '../../base/index.ts'
import type { RemoteStore } from '../../transfer/index.ts'
import type { ResolvedFlow } from '../config/resolve-flows.ts'
import { type DoctorCheck, tryCheck } from './doctor-check.ts'

/** House: clocks further apart than this make stamps in names misleading. */
const CLOCK_TOLERANCE_MS = 2 * 60_000

/**
 * Puts a file in place as a delivery does and removes it, under names that no pick-up pattern matches: neither ends in
 * .csv or .zip.
 */
export async function* examineRename(
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
