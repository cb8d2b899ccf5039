import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { flushFile, moveWithoutReplacing, writeFileWhole, hashOfFile } from '../base/index.ts'
import type { EventRecord, FileRecord } from '../ledger/index.ts'
import { OWN_FOLDERS } from './drop-folder.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'

/** A report that lies beside a file: what is added to its name, and the text. */
export interface SideReport {
  readonly suffix: '.report.txt' | '.report.csv'
  readonly text: string
}

const SUFFIXES: readonly SideReport['suffix'][] = ['.report.txt', '.report.csv']

/**
 * Sees to it that the source lies in `folder` (`accepted` or `rejected` of the drop folder) with the reports beside
 * it. May be called again after a crash: what lies there already with the same content is left alone.
 *
 * @returns Path of the source.
 */
export async function fileSource(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  { folder, reports }: { readonly folder: string; readonly reports: readonly SideReport[] },
): Promise<string> {
  const target = join(flow.dropFolder, folder)
  const recorded = await recordedPlace(tools, file)
  const before = recorded ?? (await unrecordedPlace(tools, flow, file))
  const path = await placeSource(tools, file, target)
  for (const { suffix, text } of reports) await writeFileWhole(path + suffix, text)
  if (before !== undefined && before !== path) {
    for (const suffix of ['', ...SUFFIXES]) await rm(before + suffix, { force: true })
  }
  if (recorded !== path) {
    const at = tools.clock.now()
    await tools.ledger.write((writer) => writer.addEvent({ fileId: file.id, at, step: 'filed', facts: { path } }))
  }
  return path
}

/**
 * Writes reports anew beside a source in `accepted`, and files the source where a crash came first. Where a person has
 * moved it away, nothing is written.
 *
 * @param path Where the source was put last, as {@link placeIn} tells it.
 */
export async function refreshReports(
  tools: DeliveryTools,
  flow: ImportFlow,
  file: FileRecord,
  { path, reports }: { readonly path: string | undefined; readonly reports: readonly SideReport[] },
): Promise<void> {
  const folder = OWN_FOLDERS.accepted
  // Rejected by an attempt that a crash ended, and found good by the next.
  const isElsewhere = path === undefined || dirname(path) !== join(flow.dropFolder, folder)
  if (isElsewhere) await fileSource(tools, flow, file, { folder, reports })
  else if (existsSync(path)) {
    // What is placed is looked at again, and its report written anew: many are written at once there.
    const isFlushed = file.state !== 'placed'
    for (const { suffix, text } of reports) await writeFileWhole(path + suffix, text, { isFlushed })
  }
}

/** Where the source of a file was put last, as the ledger has it; `undefined` where it never was. */
async function recordedPlace(
  tools: Pick<DeliveryTools, 'ledger'>,
  file: Pick<FileRecord, 'id'>,
): Promise<string | undefined> {
  return placeIn(await tools.ledger.eventsOf(file.id))
}

/** Where the steps of a file say that its source was put last; `undefined` where it never was. */
export function placeIn(steps: readonly EventRecord[]): string | undefined {
  const path = steps.findLast(({ step }) => step === 'filed')?.facts['path']
  return typeof path === 'string' ? path : undefined
}

/** Where a dropped file lies when the process ended between the move and the note about it. */
async function unrecordedPlace(
  tools: Pick<DeliveryTools, 'ledger'>,
  flow: ImportFlow,
  file: FileRecord,
): Promise<string | undefined> {
  if (file.origin !== join(flow.dropFolder, file.name)) return undefined
  const accepted = join(flow.dropFolder, OWN_FOLDERS.accepted)
  const taken = file.earlierId === undefined ? undefined : await recordedPlace(tools, { id: file.earlierId })
  for (const name of [file.name, nameWithId(file)].toReversed()) {
    const path = join(accepted, name)
    if (path !== taken && (await hashOfFile(path)) === file.sha256) return path
  }
  return undefined
}

/** Copies the content to a name in the folder that is free, or finds it there. */
async function placeSource(tools: DeliveryTools, file: FileRecord, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const name of possibleNames(file)) {
    const path = join(folder, name)
    if ((await hashOfFile(path)) === file.sha256) return path
  }
  // Nobody sees half a copy under the name of the file.
  const draft = join(folder, `.${file.id}.draft`)
  await rm(draft, { force: true })
  await copyFile(tools.contents.pathOf(file.sha256), draft)
  await flushFile(draft)
  return moveWithoutReplacing(draft, folder, file.earlierId === undefined ? file.name : nameWithId(file), file.id)
}

/**
 * Its own name, and the one it gets where that is taken. A file with the content of an earlier one would find that one
 * under its own name, and write its report over the other's.
 */
function possibleNames(file: FileRecord): readonly string[] {
  return file.earlierId === undefined ? [file.name, nameWithId(file)] : [nameWithId(file)]
}

function nameWithId({ id, name }: FileRecord): string {
  const extension = extname(name)
  return `${basename(name, extension)}.${id}${extension}`
}
