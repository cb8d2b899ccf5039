import { validateConfig } from '../../app/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { openConfig } from '../open.ts'

/** `flatgate config`: what is configured, and whether it is valid. */
export const configCommand = defineCommand({
  name: 'config',
  declare(program, { io, action }) {
    const config = program
      .command('config')
      .summary('show or validate the configuration')
      .addHelpText('after', examples('flatgate config validate', 'flatgate config show'))
    config
      .command('show')
      .summary('every setting with its value and where it comes from; secrets are masked')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .action(
        action(async (words: { json?: true; config?: string }) => {
          const loaded = await openConfig(io, words.config)
          const shown = mask(loaded.config)
          if (words.json) {
            io.out(
              JSON.stringify({ version: 1, path: loaded.path, config: shown, said: [...loaded.said] }, undefined, 2),
            )
            return Exit.done
          }
          const { stringify } = await import('yaml')
          io.out(`# ${loaded.path}; what is not marked is a default, what is marked * stands in the file`)
          for (const [place, value] of leavesOf(shown)) {
            io.out(`${loaded.said.has(place) ? '*' : ' '} ${place}: ${stringify(value).trimEnd()}`)
          }
          return Exit.done
        }),
      )
    config
      .command('validate')
      .summary('check the file, every flow against the schemas, and the words for rules')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .action(
        action(async (words: { json?: true; config?: string }) => {
          const loaded = await openConfig(io, words.config)
          const { flows, remarks } = await validateConfig(loaded)
          if (words.json) {
            io.out(JSON.stringify({ version: 1, path: loaded.path, valid: true, flows, remarks }, undefined, 2))
            return Exit.done
          }
          io.out(`${loaded.path} is valid: ${flows.length} flow${flows.length === 1 ? '' : 's'}.`)
          for (const { place, message, next } of remarks) io.err(`${place}: ${message}\n  → ${next}`)
          return Exit.done
        }),
      )
  },
})

const SECRET = /^(?:password|privateKey|passphrase)$/

/** References to secrets are shown, secrets written in the file are not. */
function mask(value: unknown, key = ''): unknown {
  if (SECRET.test(key) && typeof value === 'string') return /^\$\{(?:env|file):[^}]+\}$/.test(value) ? value : '***'
  if (Array.isArray(value)) return value.map((item) => mask(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, mask(child, name)]))
}

function leavesOf(value: unknown, place = ''): [place: string, value: unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[place, value]]
  const entries = Object.entries(value)
  return entries.length === 0
    ? [[place, value]]
    : entries.flatMap(([key, child]) => leavesOf(child, place === '' ? key : `${place}.${key}`))
}
