import { type DoctorCheck, examine } from '../../app/index.ts'
import { ERROR_TABLE, systemClock } from '../../base/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { openConfig } from '../open.ts'
import { probe } from './doctor-probe.ts'

const MARKS: Readonly<Record<DoctorCheck['result'], string>> = {
  ok: 'ok     ',
  note: 'note   ',
  failed: 'FAILED ',
  skipped: 'skipped',
}

/** `flatgate doctor`: tries everything that the flows need. */
export const doctorCommand = defineCommand({
  name: 'doctor',
  declare(program, { io, action }) {
    program
      .command('doctor')
      .summary('try everything that the flows need')
      .description(
        'Checks configuration, local folders, host key, login, remote folders, the temporary name and the rename, and the clock.\n' +
          'It puts one small file into a remote folder, under a name that Coupa does not collect, and removes it.',
      )
      .option('--probe', 'find the folder of each object on the server, and keep what was found for the flows')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText('after', examples('flatgate doctor', 'flatgate doctor --probe', 'flatgate doctor --json'))
      .action(
        action(async (words: { probe?: true; json?: true; config?: string }) => {
          const loaded = await openConfig(io, words.config)
          if (words.probe) return probe(io, loaded, words.json === true)
          const checks: DoctorCheck[] = []
          const signal = io.untilStopped()
          const sources = { env: io.env, folder: loaded.folder }
          for await (const check of examine(loaded, sources, () => systemClock.now(), signal)) {
            checks.push(check)
            if (words.json) continue
            io.out(`${MARKS[check.result]} ${check.name}: ${check.detail}`)
            if (check.next !== undefined) io.out(`          → ${check.next}`)
          }
          if (words.json)
            io.out(
              JSON.stringify(
                { version: 1, checks: checks.map(({ error, ...check }) => ({ ...check, code: error?.code })) },
                undefined,
                2,
              ),
            )
          const error = checks.find(({ result }) => result === 'failed')?.error
          return error === undefined ? Exit.done : ERROR_TABLE[error.code].exit
        }),
      )
  },
})
