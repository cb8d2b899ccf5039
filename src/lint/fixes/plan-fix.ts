import type { FileSchema } from '../../schema/index.ts'
import type { AcceptedMemory } from '../memory/accepted-memory.ts'
import type { LintContext } from '../rule.ts'
import { RULES } from '../rules/index.ts'
import { type RuleSelection, rulesInContext, selectRules } from '../select-rules.ts'
import { type Conversion, conversionFor } from './convert.ts'
import { createFixer, type FixedRecord } from './fixer.ts'
import { createRepairs, type Repairs } from './repairs.ts'
import { surveyFile } from './survey.ts'

/** How a file is mended. */
export interface FixOptions extends RuleSelection {
  readonly schema: FileSchema
  readonly today: Date
  /** Also what may change the meaning of a cell, where the rules offer it. */
  readonly allowsUnsafe: boolean
  /** What Coupa took before, where somebody remembers it. */
  readonly memory?: AcceptedMemory
}

/** What was done to a file. */
export interface FixSum {
  /** Places that were mended, by code. */
  readonly applied: Readonly<Record<string, number>>
  /** Ways in which the whole file was read otherwise than it was written. */
  readonly conversions: readonly string[]
  /** Why nothing was done, where something stood against it. */
  readonly refused?: string
}

/** Conversions that can follow on each other: UTF-16 or Windows-1252, then tabs, then carriage returns. */
const MAX_CONVERSIONS = 4

/** What a file is mended by, once it is known. */
export interface FixPlan {
  readonly repairs: Repairs
  /**
   * Mends the file: reads it once more.
   *
   * @param take Gets every record in file order.
   * @param drain Called after each piece of the file, and waited for.
   */
  run(take: (record: FixedRecord) => void, drain: () => Promise<void>): Promise<FixSum>
}

/**
 * Looks at a whole file and works out how it is mended. Writes nothing; the source is read up to four times.
 *
 * @param open The bytes of the file from the start, each time.
 * @throws {GatewayError} `USAGE` `select` or `ignore` holds a word that fits no rule; `CSV_MALFORMED` quotes do not add
 *   up in a file of another separator.
 */
export async function planFix(open: () => AsyncIterable<Uint8Array>, options: FixOptions): Promise<FixPlan> {
  const context: LintContext = {
    schema: options.schema,
    fileName: undefined,
    purpose: 'upload',
    today: options.today,
    ...(options.memory ? { memory: options.memory } : {}),
  }
  const rules = rulesInContext(selectRules(RULES, options), context)
  const repairs = createRepairs(new Set(rules.map(({ code }) => code)), options.allowsUnsafe)
  const conversions: Conversion[] = []
  const source = (): AsyncIterable<Uint8Array> =>
    conversions.reduce((bytes, conversion) => conversion.convert(bytes), open())
  let survey = await surveyFile(source(), context)
  while (conversions.length < MAX_CONVERSIONS) {
    const conversion = conversionFor(survey, repairs)
    if (!conversion) break
    conversions.push(conversion)
    repairs.note(conversion.code)
    survey = await surveyFile(source(), context)
  }
  const titles = conversions.map(({ title }) => title)

  return {
    repairs,
    async run(take, drain) {
      const refused = reasonAgainst(survey)
      if (refused !== undefined) return { applied: {}, conversions: [], refused }
      const fixer = createFixer({ context, rules, repairs, survey, take })
      for await (const chunk of source()) {
        fixer.write(chunk)
        await drain()
      }
      fixer.end()
      await drain()
      return { applied: repairs.applied, conversions: titles }
    },
  }
}

function reasonAgainst({ foreign, hasLongRecords }: Awaited<ReturnType<typeof surveyFile>>): string | undefined {
  if (foreign) return `it is no text in Coupa’s dialect (${foreign.name})`
  return hasLongRecords ? 'a record is longer than 1 MiB' : undefined
}
