import {
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { existsSync, type Stats } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'
import { createKeyPair } from '../../src/sandbox/index.ts'
import { describeHostKey } from '../../src/transfer/host-key.ts'

const { STATUS_CODE, flagsToString } = ssh2.utils.sftp

/** One request, as a script sees it. */
export interface ScriptedRequest {
  readonly kind:
    | 'OPEN'
    | 'READ'
    | 'WRITE'
    | 'CLOSE'
    | 'FSTAT'
    | 'STAT'
    | 'LSTAT'
    | 'OPENDIR'
    | 'READDIR'
    | 'REMOVE'
    | 'RENAME'
  /** Which one of its kind on this server, from 1. */
  readonly nth: number
  /** As the client spells it; empty where the request has a handle. */
  readonly path: string
}

/**
 * What becomes of a request. Absent: it is served.
 *
 * - a number: it is not served and gets this status
 * - `pretend`: it is not served and is said to be done
 * - `half`: a write or a read of half the bytes, said to be whole
 * - `silence`: it is served and not answered
 * - `cut`, `serve-and-cut`: the link breaks, before or after it is served
 */
export type Act = number | 'pretend' | 'half' | 'silence' | 'cut' | 'serve-and-cut'

/** Decides each request. */
export type Script = (request: ScriptedRequest) => Act | undefined

/** An entry of a listing that is made up. */
export interface ScriptedEntry {
  readonly filename: string
  readonly longname: string
  readonly attrs: Partial<Attributes>
}

/** What a scripted server does apart from serving a folder. */
export interface ScriptedOptions {
  readonly script?: Script
  /** Put in front of what every folder holds. */
  readonly entries?: readonly ScriptedEntry[]
  /** Methods that are offered and how they are judged; default: any password is welcome. */
  readonly login?: (attempt: ssh2.AuthContext) => void
  /** A rename replaces, against the standard. */
  readonly doesReplace?: boolean
  /** One more than this is hung up on before a word is said. */
  readonly mostConnections?: number
  /** How it is hung up on; default: `end`. */
  readonly refusal?: 'end' | 'reset'
  /** What is offered; default: all that the library has. */
  readonly algorithms?: ssh2.Algorithms
  /** Says nothing when the client says goodbye. */
  readonly staysOpen?: boolean
}

/** A server on which every request can be made to go wrong. */
export interface ScriptedServer {
  readonly port: number
  readonly fingerprint: string
  /** What was asked, in order. */
  readonly seen: readonly ScriptedRequest[]
  /** Breaks all connections. */
  cut(): void
  /** Reads nothing more: what is sent disappears, and the connection stays. */
  freeze(): void
  stop(): Promise<void>
}

/** Serves `root` as `/`, in order and one request at a time, as the script says. */
export async function startScriptedServer(root: string, options: ScriptedOptions = {}): Promise<ScriptedServer> {
  const hostKey = createKeyPair().private
  const parsed = ssh2.utils.parseKey(hostKey)
  if (parsed instanceof Error) throw parsed
  const { algorithms, mostConnections = Number.POSITIVE_INFINITY, refusal = 'end' } = options
  const seen: ScriptedRequest[] = []
  const sockets = new Set<Socket>()
  const login =
    options.login ?? ((attempt) => (attempt.method === 'password' ? attempt.accept() : attempt.reject(['password'])))
  const server = new ssh2.Server({ hostKeys: [hostKey], ...(algorithms && { algorithms }) }, (connection) => {
    connection.on('error', () => sockets.forEach((socket) => socket.destroy()))
    connection.on('authentication', login)
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), { root, options, seen, cut }))
    })
  })
  const listener = createServer({ noDelay: true, allowHalfOpen: options.staysOpen ?? false }, (socket) => {
    if (sockets.size >= mostConnections) {
      if (refusal === 'reset') socket.resetAndDestroy()
      else
        socket
          .on('error', () => socket.destroy())
          .resume()
          .end()
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    server.injectSocket(socket)
  })
  const cut = (): void => sockets.forEach((socket) => socket.resetAndDestroy())
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  return {
    port: (listener.address() as AddressInfo).port,
    fingerprint: describeHostKey(parsed.getPublicSSH()).fingerprint,
    seen,
    cut,
    freeze: () => sockets.forEach((socket) => socket.pause()),
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        cut()
      }),
  }
}

interface Channel {
  readonly root: string
  readonly options: ScriptedOptions
  readonly seen: ScriptedRequest[]
  readonly cut: () => void
}

function serve(sftp: SFTPWrapper, { root, options, seen, cut }: Channel): void {
  const handles = new Map<number, { file?: number; rest?: ScriptedEntry[] }>()
  const real = (path: string): string => join(root, path)
  const find = (handle: Buffer) => handles.get(handle.readUInt32BE(0)) ?? {}
  const fileOf = (handle: Buffer): number => find(handle).file ?? -1

  function take(id: number, kind: ScriptedRequest['kind'], path: string, work: (isHalf: boolean) => void): void {
    const request = { kind, nth: seen.filter((one) => one.kind === kind).length + 1, path }
    seen.push(request)
    const act = options.script?.(request)
    if (act === 'cut') return cut()
    if (typeof act === 'number') return sftp.status(id, act)
    if (act === 'pretend') return sftp.status(id, STATUS_CODE.OK)
    const speak = act === 'silence' || act === 'serve-and-cut' ? mute(sftp) : () => undefined
    try {
      work(act === 'half')
    } catch (error) {
      sftp.status(id, statusOf(error))
    }
    speak()
    if (act === 'serve-and-cut') cut()
  }

  function give(id: number, entry: { file?: number; rest?: ScriptedEntry[] }): void {
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(handles.size)
    handles.set(handles.size, entry)
    sftp.handle(id, handle)
  }

  sftp.on('error', cut)
  sftp.on('end', () => options.staysOpen === true || sftp.end())
  sftp.on('OPEN', (id, path, flags) =>
    take(id, 'OPEN', path, () => give(id, { file: openSync(real(path), flagsToString(flags) ?? 'r') })),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    take(id, 'WRITE', '', (isHalf) => {
      writeSync(fileOf(handle), data, 0, isHalf ? data.length >> 1 : data.length, offset)
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    take(id, 'READ', '', (isHalf) => {
      const block = Buffer.alloc(isHalf ? length >> 1 : length)
      const count = readSync(fileOf(handle), block, 0, block.length, offset)
      if (count === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, block.subarray(0, count))
    }),
  )
  sftp.on('CLOSE', (id, handle) =>
    take(id, 'CLOSE', '', () => {
      const { file } = find(handle)
      if (file !== undefined) closeSync(file)
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on('FSTAT', (id, handle) => take(id, 'FSTAT', '', () => sftp.attrs(id, attributesOf(fstatSync(fileOf(handle))))))
  sftp.on('STAT', (id, path) => take(id, 'STAT', path, () => sftp.attrs(id, attributesOf(statSync(real(path))))))
  sftp.on('LSTAT', (id, path) => take(id, 'LSTAT', path, () => sftp.attrs(id, attributesOf(lstatSync(real(path))))))
  sftp.on('REMOVE', (id, path) =>
    take(id, 'REMOVE', path, () => {
      unlinkSync(real(path))
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on('RENAME', (id, from, to) =>
    take(id, 'RENAME', to, () => {
      if (existsSync(real(to)) && options.doesReplace !== true) return sftp.status(id, STATUS_CODE.FAILURE)
      renameSync(real(from), real(to))
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on('OPENDIR', (id, path) =>
    take(id, 'OPENDIR', path, () => {
      const found = readdirSync(real(path)).map((filename) => {
        return { filename, longname: filename, attrs: attributesOf(lstatSync(join(real(path), filename))) }
      })
      give(id, { rest: [...(options.entries ?? []), ...found] })
    }),
  )
  sftp.on('READDIR', (id, handle) =>
    take(id, 'READDIR', '', () => {
      const some = find(handle).rest?.splice(0, 100) ?? []
      if (some.length === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.name(id, some as Parameters<SFTPWrapper['name']>[1])
    }),
  )
}

/** Makes the answers of a channel go nowhere until the returned function is called. */
function mute(sftp: SFTPWrapper): () => void {
  const nowhere = (): void => undefined
  // Put over the methods of the prototype, and taken away again.
  const answers = ['status', 'attrs', 'handle', 'data', 'name']
  for (const answer of answers) Reflect.set(sftp, answer, nowhere)
  return () => {
    for (const answer of answers) Reflect.deleteProperty(sftp, answer)
  }
}

function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes {
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) }
}

function statusOf(error: unknown): number {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return code === 'ENOENT' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE
}

/** Accepts connections and never says a word. */
export async function startSilentServer(): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    sockets.add(socket)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  return {
    port: (listener.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
