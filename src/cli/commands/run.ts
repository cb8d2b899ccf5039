import { sleepUnlessStopped, systemClock } from '../../base/index.ts'
import type { FlowOutcome, Gateway } from '../../app/index.ts'
import { defineCommand, examples } from '../command.ts'
import type { Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tellOutcomes } from '../tell-outcomes.ts'
import { wholeNumber } from '../words.ts'

interface RunWords {
  readonly wait?: number
  readonly json?: true
  readonly verbose?: true
  readonly config?: string
}

/** House: often enough to see a file go, seldom enough not to be a burden to the server. */
const ASK_EVERY_MS = 2000

/**
 * `flatgate run`: one pass. Exit 1 when a file was rejected, 3, 4 or 5 when something did not get through; with
 * `--wait`, 3 also when Coupa has not taken everything in that time.
 */
export const runCommand = defineCommand({
  name: 'run',
  declare(program, { io, action }) {
    program
      .command('run')
      .summary('one pass of the flows, whatever their schedule')
      .description(
        'Takes in what lies in the drop folders, checks and places it, collects exports, and tells what became of placed files.',
      )
      .argument('[flow...]', 'names of flows; all when absent')
      .option('--wait <seconds>', 'wait so long for Coupa to take what was placed', wholeNumber())
      .option('--json', 'tell the result as JSON')
      .option('--verbose', 'log every step')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples('flatgate run', 'flatgate run users suppliers --wait 600', 'flatgate run --json | jq .flows'),
      )
      .action(
        action((flows: readonly string[], words: RunWords) =>
          withGateway(io, words.config, { form: 'human', level: words.verbose ? 'debug' : 'warn' }, async (gateway) => {
            const outcomes = await waitUntilTaken(io, gateway, await gateway.run(flows), words.wait)
            return tellOutcomes(io, outcomes, {
              isJson: words.json === true,
              isAwaited: words.wait !== undefined,
              alarms: gateway.newAlarms(),
            })
          }),
        ),
      )
  },
})

/** Asks again until nothing is under watch or the time is over. */
export async function waitUntilTaken(
  io: Io,
  gateway: Gateway,
  outcomes: readonly FlowOutcome[],
  waitSeconds: number | undefined,
): Promise<readonly FlowOutcome[]> {
  const until = Date.now() + (waitSeconds ?? 0) * 1000
  const signal = io.untilStopped()
  let latest = outcomes
  while (Date.now() < until && !signal.aborted && latest.some(({ watched }) => watched.length > 0)) {
    await sleepUnlessStopped(systemClock, ASK_EVERY_MS, signal)
    const asked = await gateway.ask(latest.map(({ flow }) => flow))
    latest = latest.map((outcome) => {
      const answer = asked.find(({ flow }) => flow === outcome.flow)
      if (answer === undefined || answer.failure !== undefined) return outcome
      const files = outcome.files.map((file) => answer.files.find(({ id }) => id === file.id) ?? file)
      return { ...outcome, files, watched: answer.watched, held: answer.held, heldFiles: answer.heldFiles }
    })
  }
  return latest
}
