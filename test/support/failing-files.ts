import { AsyncLocalStorage } from 'node:async_hooks'
import * as disk from 'node:fs/promises'
import type { FaultErrors, FaultPlan } from './fault-plan.ts'

/**
 * What a failing disk answers.
 *
 * - `broken`: an error of the device, whether it did the work or not.
 * - `repeated`: a network share did the work, lost its answer and was asked once more by the system: what is to be made is
 *   there already, what is to be moved or removed is gone.
 * - `odd`: it refuses with errors that mean something else elsewhere: a name that is taken although it is free, a file
 *   that is busy or gone.
 */
export type DiskAnswers = 'broken' | 'repeated' | 'odd'

interface FailingDisk {
  readonly plan: FaultPlan
  /** Only what lies in this folder fails. */
  readonly folder: string
  readonly answers: DiskAnswers
}

const current = new AsyncLocalStorage<FailingDisk>()

/** Does the work with a disk that fails by a plan, and whatever the work leaves running; nobody else has that disk. */
export function withFailingFiles<T>(failing: FailingDisk, work: () => Promise<T>): Promise<T> {
  return current.run(failing, work)
}

const REPEATED: Readonly<Record<string, string>> = {
  link: 'EEXIST',
  mkdir: 'EEXIST',
  copyFile: 'EEXIST',
  rename: 'ENOENT',
  unlink: 'ENOENT',
}
const ODD: Readonly<Record<string, string>> = { link: 'EEXIST', rename: 'EBUSY', unlink: 'EBUSY', lstat: 'ESTALE' }

function codeOf(answers: DiskAnswers, call: string): string {
  if (answers === 'repeated') return REPEATED[call] ?? 'ESTALE'
  return answers === 'odd' ? (ODD[call] ?? 'EIO') : 'EIO'
}

function errorsOf(answers: DiskAnswers, call: string, path: string): FaultErrors {
  const fail = (): Error => {
    const code = codeOf(answers, call)
    return Object.assign(new Error(`${code}: a disk that fails, ${call} '${path}'`), { code, syscall: call, path })
  }
  return { refused: fail, lost: fail }
}

/** Lets one call go by the plan of whoever makes it. */
function planned<T>(call: string, path: unknown, work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
  const failing = current.getStore()
  if (failing === undefined || typeof path !== 'string' || !path.startsWith(failing.folder)) return work()
  const errors = errorsOf(failing.answers, call, path)
  return failing.plan.call(`${call} ${path.slice(failing.folder.length)}`, work, half ? { ...errors, half } : errors)
}

/** `node:fs/promises` of the real disk, with calls that fail by a plan; for `jest.unstable_mockModule`. */
export function failingFiles(): typeof disk {
  return {
    ...disk,
    mkdir: ((path: string, ...rest: []) =>
      planned('mkdir', path, () => disk.mkdir(path, ...rest))) as typeof disk.mkdir,
    readdir: ((path: string, ...rest: []) =>
      planned('readdir', path, () => disk.readdir(path, ...rest))) as typeof disk.readdir,
    lstat: ((path: string) => planned('lstat', path, () => disk.lstat(path))) as typeof disk.lstat,
    stat: ((path: string) => planned('stat', path, () => disk.stat(path))) as typeof disk.stat,
    rename: (from, to) => planned('rename', to, () => disk.rename(from, to)),
    link: (from, to) => planned('link', to, () => disk.link(from, to)),
    unlink: (path) => planned('unlink', path, () => disk.unlink(path)),
    rm: (path, options) => planned('rm', path, () => disk.rm(path, options)),
    copyFile: (from, to, mode) =>
      planned(
        'copyFile',
        to,
        () => disk.copyFile(from, to, mode),
        async () => writeHalf(String(to), await disk.readFile(from)),
      ),
    writeFile: ((path: string, text: string, ...rest: []) =>
      planned(
        'writeFile',
        path,
        () => disk.writeFile(path, text, ...rest),
        () => writeHalf(path, Buffer.from(text)),
      )) as typeof disk.writeFile,
    async open(path, ...rest) {
      let opened: disk.FileHandle | undefined
      try {
        const handle = await planned('open', path, async () => (opened = await disk.open(path, ...rest)))
        const sync = handle.sync.bind(handle)
        handle.sync = () => planned('sync', path, sync)
        return handle
      } catch (error) {
        // The system closes what a process that ended had open.
        await opened?.close()
        throw error
      }
    },
  }
}

function writeHalf(path: string, bytes: Uint8Array): Promise<void> {
  return disk.writeFile(path, bytes.subarray(0, Math.floor(bytes.byteLength / 2)))
}
