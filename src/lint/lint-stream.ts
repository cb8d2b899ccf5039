import { createLinter, type LintOptions } from './linter.ts'
import type { LintReport } from './lint-report.ts'
import type { LintContext } from './rule.ts'

/**
 * Lints a file that comes as a stream of bytes. The source is read once, to its end.
 *
 * @throws {GatewayError} `USAGE` `select` or `ignore` holds a word that fits no rule; nothing was read.
 */
export async function lintStream(
  source: AsyncIterable<Uint8Array>,
  context: LintContext,
  options: LintOptions = {},
): Promise<LintReport> {
  const linter = createLinter(context, options)
  for await (const chunk of source) linter.write(chunk)
  return linter.end()
}
