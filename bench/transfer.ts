import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { findProgram } from '../scripts/test-setup.ts'
import { type OpenSshServer, startOpenSsh } from '../test/servers/openssh.ts'
import { type Measurement, measureInChild, measureInTurns } from './measure.ts'

/**
 * The gateway's placing beside the clients of OpenSSH and lftp: `npm run bench -- transfer`.
 *
 * Everybody uploads under a temporary name and renames. The gateway alone compares each size, looks before and after the
 * rename, and writes each step into its ledger. With `server.flush`, which is its default, it has the server flush each
 * file to its disk before the rename; of the peers only `put -f` does that. Each form is held against its like.
 */
const { values: options } = parseArgs({
  options: {
    /** Of the line, each way. */
    'delay-ms': { type: 'string', default: '0' },
    runs: { type: 'string', default: '3' },
    /** `1x8MB`, `200x200KB`, `2000x5KB`; all when absent. */
    set: { type: 'string', multiple: true },
  },
})

const SETS: Readonly<Record<string, { readonly files: number; readonly bytes: number }>> = {
  '1x8MB': { files: 1, bytes: 8_000_000 },
  '200x200KB': { files: 200, bytes: 200_000 },
  '2000x5KB': { files: 2000, bytes: 5000 },
}

/** One set of files, prepared in a gateway's folder, and where they go. */
interface Batch {
  readonly folder: string
  readonly remoteFolder: string
  readonly names: readonly string[]
}

const FLUSHING_PEER = 'sftp, put -f and rename'

const GATEWAY = join(import.meta.dirname, 'transfer-place.ts')

async function prepareBatch(folder: string, remoteFolder: string, set: { files: number; bytes: number }) {
  const args = ['prepare', folder, remoteFolder, String(set.files), String(set.bytes)]
  execFileSync(process.execPath, [GATEWAY, ...args], { stdio: 'inherit' })
  await cp(join(folder, 'state'), join(folder, 'state.prepared'), { recursive: true })
  return { folder, remoteFolder, names: (await readdir(join(folder, 'parts'))).sort() }
}

/** Everybody finds the folder empty; the gateway finds its files prepared. */
async function begin(server: OpenSshServer, { folder, remoteFolder }: Batch): Promise<void> {
  await rm(remoteFolder, { recursive: true, force: true })
  server.makeFolder(remoteFolder)
  await rm(join(folder, 'state'), { recursive: true })
  await cp(join(folder, 'state.prepared'), join(folder, 'state'), { recursive: true })
}

async function ended({ remoteFolder, names }: Batch, measured: Measurement): Promise<Measurement> {
  const there = (await readdir(remoteFolder)).sort()
  if (there.join() !== names.join()) throw new Error(`${there.length} of ${names.length} files are there`)
  return { ...measured, count: names.length }
}

const NO_CHECKS = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']

/** The process of OpenSSH's client from start to end. */
async function withSftp(server: OpenSshServer, batch: Batch, put: 'put' | 'put -f'): Promise<Measurement> {
  const { folder, remoteFolder, names } = batch
  const input = names.flatMap((name) => [
    `${put} ${join(folder, 'parts', name)} ${remoteFolder}/${name}.part`,
    `rename ${remoteFolder}/${name}.part ${remoteFolder}/${name}`,
  ])
  const login = ['-i', server.keyFile, '-P', String(server.port), `${server.username}@${server.host}`]
  return measurePeer('sftp', ['-q', ...NO_CHECKS, '-b', '-', ...login], `${input.join('\n')}\n`)
}

/** The process of lftp, which names its uploads itself, on so many connections. */
async function withLftp(server: OpenSshServer, { folder, remoteFolder }: Batch, connections: number) {
  const ssh = `ssh -a -x ${NO_CHECKS.join(' ')} -i ${server.keyFile}`
  const commands = [
    `set sftp:connect-program "${ssh}"`,
    'set xfer:use-temp-file yes',
    'set xfer:temp-file-name *.part',
    `open -u ${server.username},none sftp://${server.host}:${server.port}`,
    `mirror -R --no-perms --no-umask --parallel=${connections} ${join(folder, 'parts')} ${remoteFolder}`,
    'bye',
  ]
  return measurePeer('lftp', ['-c', commands.join('; ')], '')
}

async function measurePeer(command: string, args: readonly string[], input: string): Promise<Measurement> {
  const startedAt = performance.now()
  execFileSync(command, args, { input, stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, HOME: tmpdir() } })
  return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: 0, peakMegabytes: 0, count: 0 }
}

/** The server behind a line of the length. */
async function behindLine(server: OpenSshServer, delayMs: number): Promise<{ server: OpenSshServer; end: () => void }> {
  if (delayMs === 0) return { server, end: () => undefined }
  const args = [join(import.meta.dirname, 'delay-relay.ts'), String(server.port), String(delayMs)]
  const relay = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: relay.stdout }), 'line')) as [string]
  return { server: { ...server, port: Number(line) }, end: () => relay.stdin.end() }
}

async function compare(name: string, set: { files: number; bytes: number }, real: OpenSshServer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'flatgate-bench-'))
  const { server, end } = await behindLine(real, Number(options['delay-ms']))
  try {
    const batch = await prepareBatch(folder, join(real.root, `in-${name}`), set)
    const login = [server.host, String(server.port), server.username, server.keyFile, server.fingerprint]
    const run = (work: () => Promise<Measurement>) => async (): Promise<Measurement> => {
      await begin(real, batch)
      return ended(batch, await work())
    }
    const place = (...flush: readonly string[]) =>
      run(() => measureInChild(GATEWAY, ['place', batch.folder, batch.remoteFolder, ...login, ...flush]))
    const lftp = (connections: number) => run(() => withLftp(server, batch, connections))
    const results = await measureInTurns(
      {
        'flatgate, flush: false': place(),
        'flatgate, flush: true': place('flush'),
        [FLUSHING_PEER]: run(() => withSftp(server, batch, 'put -f')),
        'sftp, put and rename': run(() => withSftp(server, batch, 'put')),
        ...(findProgram('lftp') === undefined ? {} : { 'lftp, 1 connection': lftp(1), 'lftp, 2 connections': lftp(2) }),
      },
      Number(options.runs),
    )
    print(name, results)
  } finally {
    end()
    await rm(folder, { recursive: true })
  }
}

function print(name: string, results: Readonly<Record<string, Measurement>>): void {
  const peers = Object.entries(results).filter(([who]) => !who.startsWith('flatgate'))
  const best = bestOf(peers.filter(([who]) => who !== FLUSHING_PEER))
  const bestThatFlushes = bestOf(peers.filter(([who]) => who === FLUSHING_PEER))
  const delay = options['delay-ms'] === '0' ? 'loopback' : `${options['delay-ms']} ms each way`
  console.log(`\n${name}, ${delay}; medians of ${options.runs}; ${cpus()[0]?.model ?? ''}, Node ${process.version}`)
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([who, { seconds, peakMegabytes }]) => [
        who,
        {
          ms: Math.round(seconds * 1000),
          'times the best peer': (seconds / best).toFixed(2),
          'times put -f': (seconds / bestThatFlushes).toFixed(2),
          'peak MB': peakMegabytes > 0 ? Math.round(peakMegabytes) : '',
        },
      ]),
    ),
  )
  for (const [who, { ledgerSeconds, count }] of Object.entries(results)) {
    if (ledgerSeconds === undefined) continue
    console.log(`${who}: ${((ledgerSeconds * 1000) / count).toFixed(2)} ms a file waited for commits of the ledger`)
  }
}

function bestOf(results: readonly (readonly [string, Measurement])[]): number {
  return Math.min(...results.map(([, { seconds }]) => seconds))
}

const wanted = options.set ?? Object.keys(SETS)
const server = await startOpenSsh()
try {
  if (findProgram('lftp') === undefined) console.log('lftp is not installed: apt-get install lftp')
  for (const name of wanted) {
    const set = SETS[name]
    if (set === undefined) throw new Error(`no set ${name}; there are: ${Object.keys(SETS).join(', ')}`)
    await compare(name, set, server)
  }
} finally {
  await server.stop()
}
