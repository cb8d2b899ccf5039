import type { Rule } from '../../lint/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'

/** `flatgate rules`: all lint rules. */
export const rulesCommand = defineCommand({
  name: 'rules',
  declare(program, { io, action }) {
    program
      .command('rules')
      .summary('list the lint rules')
      .description('Lists every lint rule with its severity; `flatgate explain <code>` tells more of one.')
      .option('--json', 'as JSON, with sources')
      .addHelpText('after', examples('flatgate rules', "flatgate rules --json | jq -r '.rules[].code'"))
      .action(
        action(async (words: { json?: true }) => {
          const { RULES } = await import('../../lint/index.ts')
          io.out(words.json ? asJson(RULES) : asText(RULES))
          return Exit.done
        }),
      )
  },
})

function asJson(all: readonly Rule[]): string {
  const rules = all.map(({ code, name, severity, summary, since, sources }) => {
    return { code, name, severity, summary, since, sources }
  })
  return JSON.stringify({ version: 1, rules }, undefined, 2)
}

function asText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ name }) => name.length))
  return rules
    .map(({ code, name, severity, summary }) =>
      `${code}  ${severity.padEnd(7)}  ${name.padEnd(width)}  ${summary}`.trimEnd(),
    )
    .join('\n')
}
