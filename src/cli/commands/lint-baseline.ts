import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import type { IdentifiedInput } from '../../app/index.ts'
import { asGatewayError, type Finding, GatewayError, isCode, writeFileWhole } from '../../base/index.ts'
import {
  createBaseline,
  createBaselineRecorder,
  encodeBaseline,
  parseBaseline,
  RULES,
  selectRules,
} from '../../lint/index.ts'
import { counted } from '../words.ts'
import type { LintCall } from './lint-call.ts'

/** Name of the file where nobody gives another. */
const BASELINE_NAME = 'flatgate-baseline.json'

/** House: entries of a baseline that are named one by one when they no longer occur. */
const NAMED_ENTRIES = 10

/** The accepted findings of a call. */
export interface LintBaseline {
  acceptFor(identified: IdentifiedInput): (finding: Finding, recordKey: string) => boolean
  /** Writes a new baseline, or says what of the old one no longer occurs. */
  end(): Promise<void>
}

/**
 * The baseline that a call works with, if any: that of `--baseline`, else that of the configuration.
 *
 * @param configFolder Where a path of the configuration starts.
 * @throws {GatewayError} `FILE_NOT_FOUND`, `CONFIG_INVALID`
 */
export async function openBaseline(call: LintCall, configFolder: string): Promise<LintBaseline | undefined> {
  const { io, words, config } = call
  const named = words.baseline === undefined ? undefined : resolve(io.folder, words.baseline)
  const configured = config.lint?.baseline === undefined ? undefined : resolve(configFolder, config.lint.baseline)
  const path = named ?? configured
  if (words.writeBaseline) return recordBaseline(call, path ?? resolve(io.folder, BASELINE_NAME))
  return path === undefined ? undefined : readBaseline(call, path)
}

function recordBaseline({ io }: LintCall, path: string): LintBaseline {
  const recorder = createBaselineRecorder()
  return {
    acceptFor: (identified) => recorder.recordFor(identified),
    async end() {
      const accepted = recorder.list()
      await writeFileWhole(path, encodeBaseline(accepted))
      const count = accepted.reduce((sum, entry) => sum + entry.count, 0)
      io.err(`${relative(io.folder, path)}: ${counted(count, 'finding')} accepted`)
    },
  }
}

async function readBaseline(call: LintCall, path: string): Promise<LintBaseline> {
  const { io, words, config, desk } = call
  const baseline = createBaseline(parseBaseline(await readText(path), path))
  const ranRules = (object: string): ReadonlySet<string> => {
    const { select, ignore } = desk.lintOptionsFor(config.lint, object, words)
    const selection = { ...(select === undefined ? {} : { select }), ...(ignore === undefined ? {} : { ignore }) }
    return new Set(selectRules(RULES, selection).map(({ code }) => code))
  }
  return {
    acceptFor: (identified) => baseline.acceptFor(identified),
    async end() {
      const left = baseline.leftOver(ranRules)
      if (left.length === 0) return
      const shown = relative(io.folder, path)
      for (const { object, code, record, column } of left.slice(0, NAMED_ENTRIES)) {
        io.err(
          `info: ${shown}: ${object} ${code} ${record}${column === undefined ? '' : ` ${column}`} no longer occurs`,
        )
      }
      io.err(
        `info: ${shown}: ${counted(left.length, 'accepted finding')} did not occur; --write-baseline takes them out`,
      )
    },
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new GatewayError('FILE_NOT_FOUND', { path }, { cause })
    throw asGatewayError(cause, path)
  }
}
