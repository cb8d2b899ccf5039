import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { torture, type TortureReport } from '../test/torture/torture.ts'

/**
 * Kills the real program hundreds of times and counts at the receiver:
 * `npm run torture -- --rounds 200`, `npm run torture -- --minutes 30`, `npm run torture -- --seed 7`.
 * Exits with 1 when anything of the promise was broken.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
  })
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
  // By the minute: torture after torture, each with the next seed, until the time is up.
  const untilMs = minutes === undefined ? undefined : Date.now() + minutes * 60_000
  const rounds = Number(values.rounds ?? (untilMs === undefined ? 200 : 100))
  if (![seed, rounds, minutes ?? 1].every((number) => Number.isFinite(number) && number > 0)) {
    console.error('Give whole numbers: --rounds 200, --minutes 30, --seed 7.')
    return 2
  }
  let isSound = true
  for (let next = seed; ; next += 1) {
    console.error(`seed ${next}: ${rounds} rounds on ${hostname()}`)
    const report = await torture({
      seed: next,
      rounds,
      onRound: (round, kills) => {
        if (round % 20 === 0) console.error(`  round ${round}, ${kills} kills`)
      },
    })
    console.log(summaryOf(report))
    isSound &&= report.breaches.length === 0
    if (untilMs === undefined || Date.now() >= untilMs) return isSound ? 0 : 1
  }
}

function summaryOf(report: TortureReport): string {
  const behind = Object.entries(report.killedBehind).toSorted(([, one], [, other]) => other - one)
  return [
    `seed ${report.seed}, ${report.seconds} s`,
    `  killed     ${report.kills} processes; ${report.cuts} connections were cut`,
    `  behind     ${behind.map(([word, count]) => `${word} ${count}`).join(', ')}`,
    `  dropped    ${report.droppedFiles} files with ${report.goodRows} good rows`,
    `  arrived    ${report.arrivedFiles} files with ${report.arrivedRows} rows`,
    `  held       ${report.held.length} for a person, who released them${report.held.map((file) => `\n    ${file}`).join('')}`,
    `  exports    ${report.publishedExports} published`,
    `  sessions   ${report.mostConnections} at most at one time`,
    report.breaches.length === 0
      ? '  nothing lost, nothing twice, nothing half, in order; the ledger is sound'
      : `  BROKEN, replay with --seed ${report.seed}:\n${report.breaches.map((breach) => `  - ${breach}`).join('\n')}`,
  ].join('\n')
}

process.exitCode = await main()
