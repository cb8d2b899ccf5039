import type { Random } from '../seeded/random.ts'
import { type RealProcess, startFlatgate } from '../support/real-process.ts'

/** What became of the processes of one round. */
export interface KillRound {
  readonly kills: number
  /** Message of the last log line of each killed process. */
  readonly lastWords: readonly string[]
  /** All that the processes said. */
  readonly said: readonly string[]
  /** Processes that ended otherwise than they may. */
  readonly breaches: readonly string[]
}

/** When a process is killed: so long after a message came so often, or after the start. */
interface Trigger {
  readonly message: string | undefined
  readonly times: number
  readonly delayMs: number
}

/** Messages of the log that lie before and behind the steps that change something. */
const MESSAGES = [
  'serving',
  'accepted',
  'prepared',
  'placing',
  'renaming',
  'placed',
  'taken',
  'unpacked',
  'rejected',
  'published',
  'acknowledged',
]

/** House: a round in which the chosen message does not come must end too; the program has begun long before. */
const LONGEST_MS = 1200
/** House: far longer than a start takes on a busy machine. */
const LONGEST_START_MS = 30_000

/** Codes with which a process that is not killed in time may end: done, a file rejected, busy. */
const GOOD_ENDS: ReadonlySet<number | null> = new Set([0, 1, 3])

/** Starts one gateway, sometimes two, sometimes a collection beside it, and kills each at a moment of its own. */
export async function killRound(folder: string, random: Random): Promise<KillRound> {
  const commands = [['serve', '--verbose']]
  if (random.chance(0.15)) commands.push(['serve', '--verbose'])
  if (random.chance(0.4)) commands.push(['fetch', '--verbose'])
  const plans = commands.map((words) => ({ words, trigger: drawTrigger(random) }))
  const results = await Promise.all(plans.map(({ words, trigger }) => killOne(folder, words, trigger)))
  return {
    kills: results.filter(({ isKilled }) => isKilled).length,
    lastWords: results.flatMap(({ lastWord }) => lastWord),
    said: results.map(({ said }) => said),
    breaches: results.flatMap(({ breach }) => breach ?? []),
  }
}

function drawTrigger(random: Random): Trigger {
  if (random.chance(0.25)) return { message: undefined, times: 0, delayMs: random.below(1200) }
  // Most of all right behind the line, where the next step is being taken.
  return { message: random.pick(MESSAGES), times: 1 + random.below(4), delayMs: random.pick([0, 0, 1, 2, 5, 20]) }
}

async function killOne(
  folder: string,
  words: readonly string[],
  trigger: Trigger,
): Promise<{ isKilled: boolean; lastWord: readonly string[]; said: string; breach?: string }> {
  const running = startFlatgate(words, { folder })
  await untilTriggered(running, trigger)
  running.child.kill('SIGKILL')
  const { exit, signal, out, err } = await running.ended
  const said = out + err
  if (signal === 'SIGKILL') return { isKilled: true, lastWord: lastMessage(err), said }
  if (words[0] !== 'serve' && GOOD_ENDS.has(exit)) return { isKilled: false, lastWord: [], said }
  const breach = `${words.join(' ')} ended by itself with ${signal ?? exit}: ${err.slice(-2000)}`
  return { isKilled: false, lastWord: [], said, breach }
}

function untilTriggered({ child }: RealProcess, { message, times, delayMs }: Trigger): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0
    let deadline = setTimeout(end, LONGEST_START_MS)
    function endAfter(ms: number): void {
      clearTimeout(deadline)
      deadline = setTimeout(end, ms)
    }
    function end(): void {
      clearTimeout(deadline)
      resolve()
    }
    child.once('exit', end)
    const pattern = new RegExp(`"message":"${message}"| ${message} `, 'g')
    child.stderr?.once('data', () => endAfter(message === undefined ? delayMs : LONGEST_MS))
    child.stderr?.on('data', (text: string) => {
      const before = seen
      seen += text.match(pattern)?.length ?? 0
      if (before < times && seen >= times) endAfter(delayMs)
    })
    // One in three of those that wait for no message is killed while it starts.
    if (message === undefined && delayMs % 3 === 0) endAfter(delayMs)
  })
}

/** Lines of `serve` are JSON, those of other commands for people. */
function lastMessage(err: string): readonly string[] {
  const line = err.trimEnd().split('\n').at(-1) ?? ''
  const word = /"message":"([^"]+)"/.exec(line)?.[1] ?? /^\S+ \w+ +(\S+)/.exec(line)?.[1]
  return [word ?? 'the start']
}
