import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { Gateway } from '../../app/index.ts'
import type { FileRecord, PartRecord } from '../../ledger/index.ts'
import type { LoadRecord, Sandbox } from '../../sandbox/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { waitUntilTaken } from './run.ts'

/** Charts before accounts: Coupa refuses an account of a chart that it does not have. */
const OBJECTS = ['users', 'suppliers', 'items', 'account-types', 'accounts', 'exchange-rates'] as const

const TAKEN_WITHIN_SECONDS = 40

/** `flatgate demo`: the whole way, on a stand-in for Coupa, in a folder of its own. */
export const demoCommand = defineCommand({
  name: 'demo',
  declare(program, { io, action }) {
    program
      .command('demo')
      .summary('the main job from end to end, without an account')
      .description(
        'Starts a stand-in for Coupa, drops files of six objects, sends them over real SFTP, collects an export, and shows what happened to each file.',
      )
      .option('--keep <folder>', 'work in this folder and leave it there')
      .addHelpText('after', examples('flatgate demo', 'flatgate demo --keep /tmp/flatgate-demo'))
      .action(
        action(async ({ keep }: { keep?: string }) => {
          const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'flatgate-demo-')) : resolve(io.folder, keep)
          await mkdir(folder, { recursive: true })
          try {
            return await playDemo(io, folder, keep)
          } finally {
            if (keep === undefined) rmSync(folder, { recursive: true, force: true })
          }
        }),
      )
  },
})

async function playDemo(io: Io, folder: string, keep: string | undefined): Promise<ExitCode> {
  const [{ startSandbox }, { writeSandboxConfig }, { dropDemoFiles }] = await Promise.all([
    import('../../sandbox/index.ts'),
    import('../demo/demo-config.ts'),
    import('../demo/demo-files.ts'),
  ])
  const customFields = { users: ['Cost Center'] }
  const sandbox = await startSandbox({ folder: join(folder, 'coupa'), cycleSeconds: 2, customFields })
  try {
    const config = writeSandboxConfig(folder, sandbox, OBJECTS)
    io.out(
      `A stand-in for Coupa listens on ${sandbox.host}:${sandbox.port}; it collects every 2 seconds (Coupa: 3 to 6 minutes).`,
    )
    dropDemoFiles(join(folder, 'inbound'))
    const exported = sandbox.writeExport({ object: 'suppliers', rows: 25 })
    io.out(`Seven files of six objects are dropped in ${join(folder, 'inbound')}; Coupa has exported ${exported}.\n`)
    return await withGateway(io, config, { form: 'human', level: 'error' }, async (gateway) => {
      const outcomes = await waitUntilTaken(io, gateway, await gateway.run(), TAKEN_WITHIN_SECONDS)
      await sandbox.loader.cycle()
      const files = outcomes.flatMap((outcome) => outcome.files)
      await tellFiles(io, gateway, sandbox, files)
      await tellPlaces(io, folder, gateway, files)
      tellNext(io, folder, keep)
      return wentWell(files) ? Exit.done : Exit.permanent
    })
  } finally {
    await sandbox.close()
  }
}

/** What the demo promises: six objects taken, the broken file rejected, suppliers in two parts, the export here. */
function wentWell(files: readonly FileRecord[]): boolean {
  const taken = new Set(
    files.filter(({ state, direction }) => state === 'taken' && direction === 'import').map(({ object }) => object),
  )
  const rejected = files.filter(({ state }) => state === 'rejected')
  return (
    OBJECTS.every((object) => taken.has(object)) &&
    rejected.length === 1 &&
    files.some(({ state }) => state === 'collected')
  )
}

async function tellFiles(io: Io, { ledger }: Gateway, sandbox: Sandbox, files: readonly FileRecord[]): Promise<void> {
  const rows: string[][] = []
  for (const file of files) {
    const parts = await ledger.partsOf(file.id)
    if (parts.length === 0) {
      rows.push([file.object, file.name, file.state, String(file.rows ?? '-'), '-', file.reason ?? ''])
      continue
    }
    for (const part of parts) {
      const name = part.number === 1 ? file.name : ''
      rows.push([
        part.number === 1 ? file.object : '',
        name,
        part.state,
        String(part.rows),
        part.name,
        loadText(part, sandbox.loads()),
      ])
    }
  }
  io.out(tableText(['object', 'dropped file', 'state', 'rows', 'sent as', "what Coupa's stand-in says"], rows))
}

function loadText(part: PartRecord, loads: readonly LoadRecord[]): string {
  const load = loads.find(({ fileFileName }) => fileFileName.endsWith(part.name))
  if (load === undefined) return 'no load record yet'
  const errors =
    load.uploadErrorsCount === 0
      ? ''
      : `, ${load.uploadErrorsCount} errors: ${load.uploadErrors[0]?.fieldErrors.join(' ') ?? ''}`
  return `loaded: ${load.recordsCreated} created, ${load.recordsUpdated} updated${errors}`
}

async function tellPlaces(io: Io, folder: string, { ledger }: Gateway, files: readonly FileRecord[]): Promise<void> {
  io.out('\nWhere they lie now:')
  for (const file of files) {
    const events = await ledger.eventsOf(file.id)
    const place = events.findLast(({ step }) => step === 'filed' || step === 'published')?.facts['path']
    if (typeof place === 'string')
      io.out(
        `  ${file.name.padEnd(40)} ${relative(folder, place)}${file.state === 'rejected' ? '  with its report beside it (.report.txt, .report.csv)' : ''}`,
      )
  }
}

function tellNext(io: Io, folder: string, keep: string | undefined): void {
  const place = keep === undefined ? '/tmp/flatgate-demo' : folder
  io.out(keep === undefined ? '\nThe folder of this demo is removed. To look further, keep it:' : '\nTo look further:')
  if (keep === undefined) io.out(`  npx flatgate demo --keep ${place}`)
  io.out(`  npx flatgate status --config ${place}/flatgate.yaml`)
  io.out(`  npx flatgate history hr-users.csv --config ${place}/flatgate.yaml`)
  io.out(`  cat ${place}/inbound/users/rejected/hr-users-broken.csv.report.txt`)
  io.out(`  npx flatgate lint ${place}/inbound/users/rejected/hr-users-broken.csv --config ${place}/flatgate.yaml`)
}
