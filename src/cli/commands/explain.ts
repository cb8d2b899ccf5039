import { closest, distance } from 'fastest-levenshtein'
import { readRulePage } from '../../app/index.ts'
import { ERROR_TABLE, type ErrorCode, GatewayError } from '../../base/index.ts'
import type { Rule } from '../../lint/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'

/** `flatgate explain`: what a code means and what to do. */
export const explainCommand = defineCommand({
  name: 'explain',
  declare(program, { io, action }) {
    program
      .command('explain')
      .summary('what a rule or an error code means')
      .argument('<code>', 'code or name of a lint rule, or code of an error')
      .option('--json', 'as JSON')
      .addHelpText(
        'after',
        examples('flatgate explain C405', 'flatgate explain value-not-allowed', 'flatgate explain TRANSFER_HOST_KEY'),
      )
      .action(
        action(async (word: string, words: { json?: true }) => {
          const code = word.toUpperCase()
          if (isErrorCode(code)) {
            const { summary, next, retry, exit } = ERROR_TABLE[code]
            if (words.json) io.out(JSON.stringify({ version: 1, code, summary, next, retry, exit }, undefined, 2))
            else
              io.out(
                `${code}\n\nWhat happened: ${summary}.\nWhat to do: ${next}.\nMay be tried again: ${retry}. Exit code: ${exit}.`,
              )
            return Exit.done
          }
          const { findRule, RULES } = await import('../../lint/index.ts')
          const rule = findRule(word)
          if (rule === undefined) {
            const near = nearest(word, RULES).join(', ')
            throw new GatewayError('USAGE', {
              reason: `there is no rule and no error ${JSON.stringify(word)}; \`flatgate rules\` lists the rules`,
              ...(near === '' ? {} : { nearest: near }),
            })
          }
          const page = await readRulePage(rule.name)
          const { name, summary, severity, since, sources } = rule
          if (words.json)
            io.out(
              JSON.stringify(
                { version: 1, code: rule.code, name, summary, severity, since, sources, page },
                undefined,
                2,
              ),
            )
          else
            io.out(
              `${page.trimEnd()}\n\n## Source\n\n${sources.map((source) => `- ${source}`).join('\n')}\n\nSeverity ${severity}, since flatgate ${since}.`,
            )
          return Exit.done
        }),
      )
  },
})

/** Codes that begin alike; else the names of rules and errors that begin so, or the one that is a slip away. */
function nearest(word: string, rules: readonly Rule[]): readonly string[] {
  if (/^[a-z]\d+$/i.test(word)) {
    const place = rules.filter(({ code }) => code.startsWith(word.slice(0, 2).toUpperCase()))
    return place.map(({ code, name }) => `${code} ${name}`)
  }
  const names = [...rules.map(({ name }) => name), ...Object.keys(ERROR_TABLE)]
  const longer = names.filter((name) => name.startsWith(word))
  if (longer.length > 0) return longer
  const near = closest(word, names)
  // A third of the letters wrong is still a slip; more is another word.
  return distance(word, near) <= word.length / 3 ? [near] : []
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_TABLE, code)
}
