import { type ExplainedFlow, type ExplainedSchedule, explainFlows, explainSchedule } from '../../app/index.ts'
import { GatewayError, systemClock } from '../../base/index.ts'
import { localText, parseSchedule } from '../../schedule/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { counted, instantText, wholeNumber } from '../words.ts'
import { changeAsJson, changeLines } from '../clock-change-words.ts'
import { expectationAsJson, expectationLines } from '../expectation-words.ts'

interface ExplainWords {
  readonly from?: string
  readonly count: number
  readonly cron?: string
  readonly zone?: string
  readonly json?: true
  readonly config?: string
}

/** `flatgate schedule`: when flows run, and what the change of the clocks does to them. */
export const scheduleCommand = defineCommand({
  name: 'schedule',
  declare(program, { io, action }) {
    program
      .command('schedule')
      .summary('when flows run')
      .addHelpText('after', examples('flatgate schedule explain'))
      .command('explain')
      .summary(
        'the next runs, those around the next change of the clocks, what is owed, and by when files are expected',
      )
      .argument('[flow...]', 'names of flows; all when absent')
      .option('--from <date>', 'as if it were this day or instant (UTC): 2027-03-27, 2027-03-27T12:00Z')
      .option('--count <number>', 'runs to show', wholeNumber(), 5)
      .option('--cron <expression>', 'explain this expression; no configuration is needed')
      .option('--zone <name>', 'time zone of --cron; UTC when absent')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples(
          'flatgate schedule explain',
          'flatgate schedule explain users --from 2027-03-27 --count 3',
          "flatgate schedule explain --cron '30 2 * * *' --zone Europe/Berlin",
        ),
      )
      .action(action((names: readonly string[], words: ExplainWords) => explain(io, names, words)))
  },
})

async function explain(io: Io, names: readonly string[], words: ExplainWords): Promise<ExitCode> {
  const now = systemClock.now()
  const from = words.from === undefined ? now : instantOf(words.from)
  const { count, cron, zone = 'UTC' } = words
  if (cron !== undefined) {
    if (names.length > 0) throw new GatewayError('USAGE', { reason: 'name flows, or give --cron, not both' })
    const explained = await explainSchedule(parseSchedule(cron, zone), from, count)
    if (words.json) io.out(JSON.stringify({ version: 1, schedule: asJson(explained) }, undefined, 2))
    else io.out(linesOf(explained, `${explained.schedule.expression}, ${zone}`).join('\n'))
    return Exit.done
  }
  if (words.zone !== undefined) throw new GatewayError('USAGE', { reason: '--zone goes with --cron' })
  return withGateway(io, words.config, { form: 'human', level: 'warn' }, async ({ flows, ledger }) => {
    const known = flows.map(({ flow }) => flow.name)
    const stranger = names.find((name) => !known.includes(name))
    if (stranger !== undefined) throw new GatewayError('FLOW_UNKNOWN', { flow: stranger, known: known.join(', ') })
    const chosen = flows.filter(({ flow }) => names.length === 0 || names.includes(flow.name))
    const explained = await explainFlows(ledger, chosen, { from, now, count })
    if (words.json) io.out(JSON.stringify({ version: 1, flows: explained.map(flowAsJson) }, undefined, 2))
    else io.out(explained.map(flowText).join('\n\n'))
    return Exit.done
  })
}

function instantOf(text: string): Date {
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00Z` : text)
  if (Number.isNaN(instant.getTime())) throw new GatewayError('USAGE', { from: text, reason: 'it is no date' })
  return instant
}

function flowText({ expected, ...flow }: ExplainedFlow): string {
  return [...scheduleLines(flow), ...(expected === undefined ? [] : expectationLines(expected))].join('\n')
}

function scheduleLines({ flow, direction, missedRuns, explained, owed }: ExplainedFlow): readonly string[] {
  if (explained === undefined) {
    return [
      `${flow}: no schedule; ${direction === 'import' ? 'goes as soon as something is there' : 'looks every 5 minutes'}`,
    ]
  }
  const { expression, timeZone } = explained.schedule
  const lines = linesOf(explained, `${flow}: ${expression}, ${timeZone}, missed runs: ${missedRuns}`)
  if (owed !== undefined) lines.push(`  ${owedText(owed)}`)
  return lines
}

function owedText({ due, missed }: NonNullable<ExplainedFlow['owed']>): string {
  const without =
    missed === 0 ? '' : `; ${counted(missed, 'earlier run')}${missed >= 100 ? ' or more' : ''} without one of their own`
  if (due.length === 0) return `owed at a start now: nothing${without}`
  return `owed at a start now: ${due.map(instantText).join(', ')}${without}`
}

function linesOf({ schedule: { zone }, next, change }: ExplainedSchedule, title: string): string[] {
  const run = (at: Date): string => `    ${localText(zone, at)}   ${instantText(at)}`
  return [title, '  next runs', ...next.map(run), ...changeLines(zone, change, 'runs', run)]
}

function flowAsJson({ explained, expected, ...flow }: ExplainedFlow): object {
  return {
    ...flow,
    ...(explained === undefined ? {} : { schedule: asJson(explained) }),
    ...(expected === undefined ? {} : { expectation: expectationAsJson(expected) }),
  }
}

function asJson({ schedule: { expression, timeZone, zone }, next, change }: ExplainedSchedule): object {
  const run = (at: Date): object => ({ at, local: localText(zone, at) })
  return {
    expression,
    timeZone,
    next: next.map(run),
    ...(change === undefined
      ? {}
      : {
          change: {
            ...changeAsJson(change),
            runsBefore: change.runsBefore.map(run),
            runsAfter: change.runsAfter.map(run),
          },
        }),
  }
}
