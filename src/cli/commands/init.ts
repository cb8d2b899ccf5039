import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CONFIG_NAME, type FirstAnswers, firstConfigText, isTimeZone } from '../../app/index.ts'
import { GatewayError, isCode } from '../../base/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type Io } from '../io.ts'

interface InitWords extends Partial<FirstAnswers> {
  readonly yes?: true
  readonly json?: true
}

const DEFAULTS: FirstAnswers = { host: 'sftp.example.com', username: 'your-user', timeZone: 'UTC' }

/** `flatgate init`: a first configuration, with comments. */
export const initCommand = defineCommand({
  name: 'init',
  declare(program, { io, action }) {
    program
      .command('init')
      .summary('write a first flatgate.yaml')
      .description(
        'Writes a commented flatgate.yaml and the drop folders. Asks on a terminal only; nothing is ever replaced.',
      )
      .argument('[folder]', 'where to write it', '.')
      .option('--yes', 'ask nothing, take the defaults')
      .option('--host <host>', "host of Coupa's SFTP server")
      .option('--username <name>', 'user there')
      .option('--time-zone <zone>', 'of the schedules, such as Europe/Berlin')
      .option('--json', 'tell the result as JSON')
      .addHelpText('after', examples('flatgate init', 'flatgate init --yes gateway'))
      .action(
        action(async (folder: string, words: InitWords) => {
          const home = resolve(io.folder, folder)
          const path = join(home, CONFIG_NAME)
          const answers =
            io.isInputTerminal && io.isErrTerminal && !words.yes
              ? await ask(io, words)
              : { ...DEFAULTS, ...given(words) }
          if (answers === undefined) {
            io.err('Nothing was written.')
            return Exit.usage
          }
          checkAnswers(answers)
          await mkdir(home, { recursive: true })
          await writeFile(path, firstConfigText(answers), { flag: 'wx' }).catch((cause: unknown) => {
            if (!isCode(cause, 'EEXIST')) throw cause
            throw new GatewayError('USAGE', { path, reason: 'it is there already and is not replaced' }, { cause })
          })
          for (const object of ['users', 'suppliers', 'items', 'account-types', 'accounts', 'exchange-rates']) {
            await mkdir(join(home, 'inbound', object), { recursive: true })
          }
          if (words.json) io.out(JSON.stringify({ version: 1, path }, undefined, 2))
          else tellNext(io, path, answers)
          return Exit.done
        }),
      )
  },
})

function checkAnswers({ host, username, timeZone }: FirstAnswers): void {
  if (host.trim() === '') throw new GatewayError('USAGE', { option: '--host', reason: 'is blank' })
  if (username.trim() === '') throw new GatewayError('USAGE', { option: '--username', reason: 'is blank' })
  if (!isTimeZone(timeZone))
    throw new GatewayError('USAGE', {
      option: '--time-zone',
      reason: `${timeZone} is no time zone name such as Europe/Berlin`,
    })
}

function given({ host, username, timeZone }: InitWords): Partial<FirstAnswers> {
  return {
    ...(host === undefined ? {} : { host }),
    ...(username === undefined ? {} : { username }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
}

/** On stderr, for stdout is for results. `undefined`: the person broke off. */
async function ask(io: Io, words: InitWords): Promise<FirstAnswers | undefined> {
  const { isCancel, text } = await import('@clack/prompts')
  const answers = { ...DEFAULTS, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...given(words) }
  const questions = {
    host: "Host of Coupa's SFTP server",
    username: 'User there',
    timeZone: 'Time zone of the schedules',
  } as const
  for (const key of ['host', 'username', 'timeZone'] as const) {
    if (words[key] !== undefined) continue
    const answer = await text({ message: questions[key], initialValue: answers[key], output: io.errStream })
    if (isCancel(answer)) return undefined
    if (answer !== '') answers[key] = answer
  }
  return answers
}

function tellNext(io: Io, path: string, { host }: FirstAnswers): void {
  io.out(`${path} is written.\n`)
  io.out('Next:')
  if (host === DEFAULTS.host) io.out('  1. put host and user of your SFTP account into it')
  io.out('  export COUPA_SFTP_PASSWORD=…       the secret stays out of the file')
  io.out('  flatgate doctor --trust            shows the key of the server and pins it when it is the right one')
  io.out('  flatgate doctor                    tries everything')
  io.out('  cp users.csv inbound/users/        drop a file')
  io.out('  flatgate run                       one pass; `flatgate serve` stays')
}
