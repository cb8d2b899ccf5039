import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSftpStore } from '../src/transfer/index.ts'
import { type OpenSshServer, startOpenSsh } from '../test/servers/openssh.ts'
import { type Measurement, measureInChild, measureInTurns, reportPass } from './measure.ts'

/**
 * Places files on OpenSSH over loopback: staging name, every write looked at, flush, compare, rename, look. Beside it
 * OpenSSH's own client with what it offers: put and rename, with and without its flush (-f).
 */
const FILES = 200
const FILE_BYTES = 200 * 1024

/** Runs in a child: `transfer.ts place <host> <port> <user> <key file> <fingerprint> <from> <to> <in flight>`. */
async function place(args: readonly string[]): Promise<number> {
  const [host = '', port, username = '', keyFile = '', fingerprint = '', from = '', to = '', inFlight] = args
  const privateKey = await readFile(keyFile, 'utf8')
  const filesInFlight = Number(inFlight)
  const store = await openSftpStore({
    host,
    port: Number(port),
    username,
    privateKey,
    hostKeys: [fingerprint],
    filesInFlight,
  })
  const names = await readdir(from)
  const placed = await Promise.all(
    names.map((name) => {
      const options = { stagingPath: `${to}/${name}.part`, sizeBytes: FILE_BYTES }
      return store.publish(`${to}/${name}`, bytesOf(join(from, name)), options)
    }),
  )
  await store.close()
  return placed.length
}

/** Opened only when the turn of the file comes. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Buffer>
}

/** The process of OpenSSH's client from start to end, handshake included. */
function placeWithOpenSsh(server: OpenSshServer, { put, from, to, names }: Batch): Measurement {
  const lines = names.flatMap((name) => [
    `${put} ${join(from, name)} ${to}/${name}.part`,
    `rename ${to}/${name}.part ${to}/${name}`,
  ])
  const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']
  const login = ['-i', server.keyFile, '-P', String(server.port), `${server.username}@${server.host}`]
  const startedAt = performance.now()
  execFileSync('sftp', ['-q', ...options, '-b', '-', ...login], {
    input: lines.join('\n'),
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, cpuSeconds: 0, peakMegabytes: 0, count: names.length }
}

interface Batch {
  readonly put: 'put' | 'put -f'
  readonly from: string
  readonly to: string
  readonly names: readonly string[]
}

async function compare(): Promise<void> {
  const server = await startOpenSsh()
  const from = await mkdtemp(join(tmpdir(), 'flatgate-bench-'))
  try {
    const names = Array.from({ length: FILES }, (_, index) => `part_${String(index).padStart(4, '0')}.csv`)
    await Promise.all(names.map((name) => writeFile(join(from, name), randomBytes(FILE_BYTES))))
    let folders = 0
    const freshFolder = (): string => {
      const folder = join(server.root, `run${(folders += 1)}`)
      server.makeFolder(folder)
      return folder
    }
    const own = (inFlight: number) => (): Promise<Measurement> => {
      const { host, port, username, keyFile, fingerprint } = server
      const login = [host, String(port), username, keyFile, fingerprint]
      return measureInChild(import.meta.filename, ['place', ...login, from, freshFolder(), String(inFlight)])
    }
    const theirs = (put: Batch['put']) => async (): Promise<Measurement> =>
      placeWithOpenSsh(server, { put, from, to: freshFolder(), names })
    const results = await measureInTurns({
      'flatgate, 1 in flight': own(1),
      'flatgate, 16 in flight': own(16),
      'flatgate, 64 in flight': own(64),
      'sftp -b, put and rename': theirs('put'),
      'sftp -b, put -f and rename': theirs('put -f'),
    })
    console.log(
      `${FILES} files of ${FILE_BYTES / 1024} KB placed on OpenSSH over loopback; login included; medians of 3`,
    )
    for (const [name, { seconds, peakMegabytes }] of Object.entries(results)) {
      const memory = peakMegabytes > 0 ? `${peakMegabytes.toFixed(0).padStart(6)} MB` : ''
      console.log(`${name.padEnd(28)}${(seconds * 1000).toFixed(0).padStart(6)} ms${memory}`)
    }
  } finally {
    await rm(from, { recursive: true })
    await server.stop()
  }
}

const [mode, ...rest] = process.argv.slice(2)
await (mode === 'place' ? reportPass(() => place(rest)) : compare())
