import { resolve } from 'node:path'
import { type Gateway, lintFile, type LoadedConfig } from '../../app/index.ts'
import { GatewayError, systemClock } from '../../base/index.ts'
import { defineCommand, examples } from '../command.ts'
import type { ExitCode, Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tellOutcomes } from '../tell-outcomes.ts'
import { wholeNumber } from '../words.ts'
import { waitUntilTaken } from './run.ts'

interface SendWords {
  readonly flow?: string
  readonly dryRun?: true
  readonly force?: true
  readonly wait?: number
  readonly json?: true
  readonly verbose?: true
  readonly config?: string
}

/** `flatgate send`: one file, now, through the flow of its object. */
export const sendCommand = defineCommand({
  name: 'send',
  declare(program, { io, action }) {
    program
      .command('send')
      .summary('send one file now')
      .description(
        'Sends a copy of a file through the flow of its object. The file itself stays where it is. A content that was accepted before is recognised and not sent again (exit code 0), or held where something newer came in between (exit code 5); --force sends it.',
      )
      .argument('<file>', 'CSV or ZIP file')
      .option('--flow <name>', 'flow to send it through; found by its object when absent')
      .option('--force', 'send it even if its content was sent before')
      .option('--dry-run', 'tell what would be sent; nothing is recorded and nothing is sent')
      .option('--wait <seconds>', 'wait so long for Coupa to take it', wholeNumber())
      .option('--json', 'tell the result as JSON')
      .option('--verbose', 'log every step')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples(
          'flatgate send users.csv --wait 600',
          'flatgate send new-hires.csv --flow users --dry-run',
          'flatgate send users.csv --force',
        ),
      )
      .action(
        action((file: string, words: SendWords) =>
          withGateway(
            io,
            words.config,
            { form: 'human', level: words.verbose ? 'debug' : 'warn' },
            async (gateway, loaded) => {
              const path = resolve(io.folder, file)
              const flow = words.flow ?? (await flowOf(io, gateway, loaded, path))
              if (words.dryRun) return dryRun(io, gateway, { path, flow, words })
              const outcomes = await waitUntilTaken(
                io,
                gateway,
                [await gateway.send(path, flow, { isForced: words.force === true })],
                words.wait,
              )
              return tellOutcomes(io, outcomes, {
                isJson: words.json === true,
                isAwaited: words.wait !== undefined,
                alarms: gateway.newAlarms(),
              })
            },
          ),
        ),
      )
  },
})

/** The one import flow of the object that the file shows. */
async function flowOf(io: Io, gateway: Gateway, { config }: LoadedConfig, path: string): Promise<string> {
  const { subject } = await lintFile({
    path,
    standardInput: io.input,
    direction: 'import',
    maxFindings: 0,
    config,
    clock: systemClock,
  })
  const fitting = gateway.flows.filter(({ kind, flow }) => kind === 'import' && flow.schema.object === subject.object)
  const [only] = fitting
  if (only === undefined || fitting.length > 1) {
    const reason =
      fitting.length === 0
        ? `there is no import flow for ${subject.object}`
        : `several flows take ${subject.object}; name one with --flow`
    throw new GatewayError('USAGE', { path, reason })
  }
  return only.flow.name
}

async function dryRun(
  io: Io,
  gateway: Gateway,
  { path, flow, words }: { path: string; flow: string; words: SendWords },
): Promise<ExitCode> {
  const { tellPreviews } = await import('../tell-previews.ts')
  const previews = await gateway.preview(path, flow, { isForced: words.force === true })
  const found = gateway.flows.find((candidate) => candidate.flow.name === flow)
  if (found === undefined) throw new GatewayError('FLOW_UNKNOWN', { flow })
  const { schema, remoteFolder } = found.flow
  const { object, direction, release } = schema
  return tellPreviews(
    io,
    previews,
    { flow, remoteFolder, subject: { object, direction, release } },
    words.json === true,
  )
}
