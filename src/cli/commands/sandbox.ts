import { join, resolve } from 'node:path'
import { Option } from 'commander'
import { createRootLog } from '../../app/index.ts'
import { systemClock } from '../../base/index.ts'
import type { ArchiveStyle, Sandbox } from '../../sandbox/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type Io } from '../io.ts'
import { wholeNumber } from '../words.ts'

interface SandboxWords {
  readonly folder: string
  readonly port: number
  readonly cycleSeconds: number
  readonly archive: ArchiveStyle
  readonly username: string
  readonly publicKey?: string
  readonly json?: true
}

/** House: between the 3 and the 6 minutes of Coupa's own cycle. */
const CYCLE_SECONDS = 240

/** `flatgate sandbox`: a stand-in for Coupa that runs until it is stopped. */
export const sandboxCommand = defineCommand({
  name: 'sandbox',
  declare(program, { io, action }) {
    const sandbox = program
      .command('sandbox')
      .summary('a stand-in for Coupa: SFTP server and loader')
      .description(
        'Runs until it is stopped. Files put into /Incoming are collected on a cycle, moved to the archive and loaded.\nFLATGATE_SANDBOX_PASSWORD gives the password; a random one is made otherwise.',
      )
      .option('--folder <folder>', 'where its files live', 'sandbox')
      .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 2222)
      .option('--cycle-seconds <seconds>', 'time between two collections', wholeNumber(), CYCLE_SECONDS)
      .addOption(
        new Option('--archive <spelling>', 'which documented archive it uses')
          .choices(['incoming-archive', 'archive-incoming'])
          .default('incoming-archive'),
      )
      .option('--username <name>', 'user that may log in', 'coupa')
      .option('--public-key <key>', 'line of an authorized_keys file that may log in')
      .option('--json', 'tell the address as one line of JSON')
      .addHelpText(
        'after',
        examples(
          'flatgate sandbox',
          'flatgate sandbox --cycle-seconds 5',
          'flatgate sandbox export suppliers --rows 100',
        ),
      )
      .action(action((words: SandboxWords) => serveSandbox(io, words)))
    sandbox
      .command('export')
      .summary('put an export into /Outgoing of a sandbox')
      .argument('<object>', 'as `flatgate schema list --direction export` names it')
      .option('--folder <folder>', 'folder of the sandbox', 'sandbox')
      .option('--rows <count>', 'made-up records', wholeNumber(0), 3)
      .option('--zip', 'as a ZIP')
      .option('--json', 'as JSON')
      .action(
        action(async (object: string, words: { folder: string; rows: number; zip?: true; json?: true }) => {
          const { createCoupaTree, writeExport } = await import('../../sandbox/index.ts')
          const root = join(resolve(io.folder, words.folder), 'sftp')
          createCoupaTree(root)
          const path = writeExport(root, systemClock, { object, rows: words.rows, zip: words.zip === true })
          io.out(words.json ? JSON.stringify({ version: 1, path }, undefined, 2) : path)
          return Exit.done
        }),
      )
  },
})

async function serveSandbox(io: Io, words: SandboxWords): Promise<typeof Exit.done> {
  const log = await createRootLog({ form: 'human', level: 'info', secrets: [], output: io.errStream })
  const password = io.env['FLATGATE_SANDBOX_PASSWORD']
  const stopped = io.untilStopped()
  const { startSandbox } = await import('../../sandbox/index.ts')
  const sandbox = await startSandbox({
    folder: resolve(io.folder, words.folder),
    port: words.port,
    cycleSeconds: words.cycleSeconds,
    archive: words.archive,
    username: words.username,
    log,
    ...(password === undefined ? {} : { password }),
    ...(words.publicKey === undefined ? {} : { publicKeys: [words.publicKey] }),
  })
  try {
    tellAddress(io, sandbox, { isJson: words.json === true, isPasswordKnown: password !== undefined })
    await untilAborted(stopped)
  } finally {
    await sandbox.close()
    await log.close()
  }
  return Exit.done
}

/** A password that the caller gave is not shown again; one that was made here must be. */
function tellAddress(
  io: Io,
  { host, port, username, password, fingerprint, folder }: Sandbox,
  { isJson, isPasswordKnown }: { isJson: boolean; isPasswordKnown: boolean },
): void {
  if (isJson) {
    io.out(
      JSON.stringify({
        version: 1,
        host,
        port,
        username,
        password: isPasswordKnown ? undefined : password,
        hostKey: fingerprint,
        folder,
      }),
    )
    return
  }
  io.out(`The sandbox serves ${folder}. For flatgate.yaml:\n`)
  io.out(`server:\n  host: ${host}\n  port: ${port}\n  username: ${username}`)
  if (password !== undefined)
    io.out(
      `  password: \${env:COUPA_SFTP_PASSWORD}${isPasswordKnown ? '' : `    # export COUPA_SFTP_PASSWORD='${password}'`}`,
    )
  io.out(`  hostKey: "${fingerprint}"\n\nCtrl-C stops it.`)
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    // An open server keeps the process alive; only the signal ends this wait.
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
