import { createHash } from 'node:crypto'
import { constants, createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { flushFile, GatewayError, isCode, writeFileWhole } from '../base/index.ts'
import type { FileRecord } from '../ledger/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'

/** A report that lies beside a file: what is added to its name, and the text. */
export interface SideReport {
  readonly suffix: string
  readonly text: string
}

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
  const lastPlace = await currentPlace(tools, file)
  const path = await placeSource(tools, file, target)
  if (lastPlace !== undefined && lastPlace !== path) await rm(lastPlace, { force: true })
  for (const { suffix, text } of reports) await writeFileWhole(path + suffix, text)
  if (lastPlace !== path) {
    const at = tools.clock.now()
    await tools.ledger.write((writer) => writer.addEvent({ fileId: file.id, at, step: 'filed', facts: { path } }))
  }
  return path
}

/** Writes reports anew beside a source that was filed; where a person has moved the source away, nothing is written. */
export async function refreshReports(
  tools: DeliveryTools,
  file: FileRecord,
  reports: readonly SideReport[],
): Promise<void> {
  const path = await currentPlace(tools, file)
  if (path === undefined || !existsSync(path)) return
  for (const { suffix, text } of reports) await writeFileWhole(path + suffix, text)
}

/** Where the source of a file was put last, as the ledger has it; `undefined` where it never was. */
async function currentPlace(tools: Pick<DeliveryTools, 'ledger'>, file: FileRecord): Promise<string | undefined> {
  const events = await tools.ledger.eventsOf(file.id)
  const path = events.findLast((event) => event.step === 'filed')?.facts['path']
  return typeof path === 'string' ? path : undefined
}

/** Copies the content to a name in the folder that is free, or finds it there. */
async function placeSource(tools: DeliveryTools, file: FileRecord, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const extension = extname(file.name)
  for (const name of [file.name, `${basename(file.name, extension)}.${file.id}${extension}`]) {
    const path = join(folder, name)
    try {
      await copyFile(tools.contents.pathOf(file.sha256), path, constants.COPYFILE_EXCL)
      await flushFile(path)
      return path
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      if ((await hashOf(path)) === file.sha256) return path
    }
  }
  throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: join(folder, file.name), folder: dirname(folder) })
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
