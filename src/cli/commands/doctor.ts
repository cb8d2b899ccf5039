import { type DoctorCheck, examine } from '../../app/index.ts'
import { ERROR_TABLE, systemClock } from '../../base/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { openConfig } from '../open.ts'
import { probe } from './doctor-probe.ts'
import { trust } from './doctor-trust.ts'

interface DoctorWords {
  readonly probe?: true
  readonly trust?: true | string
  readonly json?: true
  readonly config?: string
}

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
        'Checks configuration, local folders, ledger, host key, login, remote folders, the temporary name and the rename, and the clock.\n' +
          'It puts one small file into a remote folder, under a name that Coupa does not collect, and removes it.',
      )
      .option('--probe', 'find the folder of each object on the server, and keep what was found for the flows')
      .option(
        '--trust [fingerprint]',
        'show the keys of the server, ask which is the right one and pin it; with SHA256:… in full nobody is asked',
      )
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples('flatgate doctor --trust', 'flatgate doctor', 'flatgate doctor --probe', 'flatgate doctor --json'),
      )
      .action(
        action(async (words: DoctorWords) => {
          const loaded = await openConfig(io, words.config)
          if (words.trust !== undefined) {
            const given = words.trust === true ? {} : { fingerprint: words.trust }
            return trust(io, loaded, { ...given, isJson: words.json === true })
          }
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
