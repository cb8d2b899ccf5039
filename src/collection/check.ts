import { extname } from 'node:path'
import { readBlocks, type SeverityCounts } from '../base/index.ts'
import { type LintReport, lintStream } from '../lint/index.ts'
import { DEFAULT_ZIP_LIMITS, readZip } from '../pack/index.ts'
import type { CollectionTools, ExportFlow } from './flow.ts'

/** What the check of one export found. */
export interface ExportCheck {
  readonly rows: number
  readonly counts: SeverityCounts
  /** Header texts of the first CSV, in order. */
  readonly header: readonly string[]
  /** Headers that the schema does not know: they pass, with this notice. */
  readonly unknownColumns: readonly string[]
  /** What shows that the file is not whole: an error about its bytes or its records. Cells are Coupa's own affair. */
  readonly damage: string | undefined
}

/** Rules that show that a file is not whole, whatever else may be said of it. */
const DAMAGE: Readonly<Record<string, string>> = {
  F001: 'it has no bytes',
  F101: 'its bytes are not UTF-8',
  F105: 'it is no text',
  F203: 'a quote stands inside a field without quotes',
  F204: 'text stands behind a closing quote',
  F205: 'it ends inside a quoted field',
  F208: 'a record has no end',
  R101: 'a record has more or fewer fields than the header',
}

/**
 * Checks a fetched export against its schema: a CSV, or every CSV of a ZIP.
 *
 * @throws {GatewayError} `ZIP_UNSAFE`, `ZIP_LIMIT`, `ZIP_DAMAGED`
 */
export async function checkExport(
  tools: CollectionTools,
  flow: ExportFlow,
  path: string,
  name: string,
): Promise<ExportCheck> {
  if (extname(name).toLowerCase() !== '.zip') {
    return summary([await lintExport(tools, flow, readBlocks(path), name)])
  }
  const zip = await readZip(path, DEFAULT_ZIP_LIMITS)
  const reports: LintReport[] = []
  for (const entry of zip.entries) {
    // Attachments are inflated too: a damaged one shows now, not at the reader's.
    if (/\.csv$/i.test(entry.name)) reports.push(await lintExport(tools, flow, zip.open(entry.name), entry.name))
    else for await (const _chunk of zip.open(entry.name));
  }
  return summary(reports)
}

function lintExport(
  tools: CollectionTools,
  flow: ExportFlow,
  source: AsyncIterable<Uint8Array>,
  name: string,
): Promise<LintReport> {
  const context = { schema: flow.schema, fileName: name, purpose: 'delivery', today: tools.clock.now() } as const
  return lintStream(source, context, { maxFindings: 100 })
}

function summary(reports: readonly LintReport[]): ExportCheck {
  const total = (pick: (report: LintReport) => number): number => reports.reduce((sum, report) => sum + pick(report), 0)
  const cells = reports.flatMap(({ headers }) => headers.flatMap((header) => header.cells))
  const damage = Object.keys(DAMAGE).find((code) => reports.some(({ byRule }) => (byRule[code] ?? 0) > 0))
  return {
    rows: total(({ rows }) => rows),
    counts: {
      error: total(({ counts }) => counts.error),
      warning: total(({ counts }) => counts.warning),
      info: total(({ counts }) => counts.info),
    },
    header: cells.map(({ text }) => text),
    unknownColumns: cells.filter(({ column }) => column === undefined).map(({ text }) => text),
    damage: damage && DAMAGE[damage],
  }
}
