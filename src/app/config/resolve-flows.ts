import { resolve } from 'node:path'
import { GatewayError } from '../../base/index.ts'
import type { ExportFlow } from '../../collection/index.ts'
import { isKnownEncoding } from '../../csv/index.ts'
import type { ImportFlow } from '../../delivery/index.ts'
import { fitsRule, RULES } from '../../lint/index.ts'
import { type Expectation, parseSchedule, type Schedule } from '../../schedule/index.ts'
import { checkPromptName, type FileSchema } from '../../schema/index.ts'
import { findProfileFolder, type Profile, type ProfileFolder, readProfile } from '../profile.ts'
import type { FlowConfig } from './config-shape.ts'
import type { LoadedConfig } from './load-config.ts'
import { PLAIN_INSTANCE, schemaFor } from './schema-for.ts'

/** When a flow runs. */
export interface FlowTiming {
  /** Absent: as soon as something is there. */
  readonly schedule?: Schedule
  readonly missedRuns: 'run-once' | 'run-all' | 'skip'
  /** Absent: no file is missed. */
  readonly expectation?: Expectation
}

/** A flow of the configuration, with every default filled in. */
export type ResolvedFlow =
  | { readonly kind: 'import'; readonly flow: ImportFlow; readonly timing: FlowTiming }
  | { readonly kind: 'export'; readonly flow: ExportFlow; readonly timing: FlowTiming }

/**
 * Resolves every flow against the schemas.
 *
 * @throws {GatewayError} `CONFIG_INVALID`, `SCHEMA_UNKNOWN`, `SCHEMA_NO_SFTP`, `SCHEDULE_INVALID`, `RELEASE_UNKNOWN`
 */
export function resolveFlows(loaded: LoadedConfig): readonly ResolvedFlow[] {
  const { config } = loaded
  checkCustomFields(loaded)
  const profile = readProfile(loaded.folder, config)
  const flows = Object.entries(config.flows).map(([name, flow]) =>
    atPlace(loaded.path, `flows.${name}`, () => resolveFlow(loaded, profile, name, flow)),
  )
  refuseSharedFolders(loaded.path, flows)
  return flows
}

/** Says of every error where in the configuration its reason stands. */
function atPlace<T>(path: string, place: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    const inner = cause.details['place'] ?? place
    throw new GatewayError(cause.code, { ...cause.details, path, place: inner }, { cause })
  }
}

function resolveFlow(loaded: LoadedConfig, profile: Profile | undefined, name: string, flow: FlowConfig): ResolvedFlow {
  const { config } = loaded
  const place = `flows.${name}`
  const schema = schemaFor(config, flow.object, flow.direction)
  const { definition } = schema
  const zone = flow.timeZone ?? config.timeZone
  const timing: FlowTiming = {
    missedRuns: flow.missedRuns,
    ...(flow.schedule === undefined ? {} : { schedule: parseSchedule(flow.schedule, zone) }),
    ...(flow.expect === undefined ? {} : { expectation: expectationOf(loaded, place, flow.expect, zone) }),
  }
  const local = (path: string): string => resolve(loaded.folder, path)
  const found = findProfileFolder(profile, flow.object, flow.direction)
  const remoteFolder = (flow.direction === 'import' ? flow.to : flow.from) ?? found?.folder ?? definition.folder
  if (
    remoteFolder === undefined ||
    (definition.noSftp !== undefined && flow.direction === 'import' && flow.to === undefined)
  ) {
    throw new GatewayError('SCHEMA_NO_SFTP', {
      path: loaded.path,
      place,
      object: flow.object,
      reason: definition.noSftp ?? 'no folder is documented',
    })
  }

  if (flow.direction === 'export') {
    const targetFolder = local(flow.to ?? `${config.folders.outbound}/${flow.object}`)
    const archiveFolder = flow.archive ?? `/Archive${remoteFolder}`
    return {
      kind: 'export',
      timing,
      flow: { name, schema, remoteFolder, targetFolder, after: flow.after, archiveFolder },
    }
  }

  checkMap(loaded.path, place, flow.map, schema)
  checkIgnoreRules(loaded.path, place, flow.ignoreRules)
  if (flow.dialect !== undefined && !isKnownEncoding(flow.dialect.encoding)) {
    throw new GatewayError('CONFIG_INVALID', {
      path: loaded.path,
      place: `${place}.dialect.encoding`,
      reason: `${flow.dialect.encoding} is no known encoding`,
    })
  }
  return {
    kind: 'import',
    timing,
    flow: {
      name,
      schema,
      dropFolder: local(flow.from ?? `${config.folders.inbound}/${flow.object}`),
      remoteFolder,
      archiveFolders: flow.archives ?? archivesOf(remoteFolder, found, definition.archiveFolders),
      filePrefix: flow.prefix ?? definition.filePrefix,
      ...(flow.map === undefined ? {} : { map: flow.map }),
      ...(flow.dialect === undefined ? {} : { dialect: flow.dialect }),
      lineEnd: config.coupa.lineEnd === 'crlf' ? '\r\n' : '\n',
      limits: {
        rows: config.coupa.maxRows ?? definition.limits.rows,
        bytes: config.coupa.maxBytes ?? definition.limits.bytes,
      },
      ignoredRules: flow.ignoreRules,
      repeats: flow.repeats,
      rateJumpPercent: config.lint.rateJumpPercent,
      ...(config.server?.stagingFolder === undefined ? {} : { stagingFolder: config.server.stagingFolder }),
      takenWithinMinutes: config.coupa.takenWithinMinutes,
      vanishedAfterMinutes: config.coupa.vanishedAfterMinutes,
    },
  }
}

function expectationOf(
  { path }: LoadedConfig,
  place: string,
  { by, timeZone, withinMinutes }: NonNullable<FlowConfig['expect']>,
  flowZone: string,
): Expectation {
  return atPlace(path, `${place}.expect.by`, () => ({
    by: parseSchedule(by, timeZone ?? flowZone),
    ...(withinMinutes === undefined ? {} : { withinMinutes }),
  }))
}

/**
 * The archives that the profile found. Without one both spellings of Coupa's pages, which a folder of one's own has too.
 */
function archivesOf(
  remoteFolder: string,
  found: ProfileFolder | undefined,
  documented: readonly string[] | undefined,
): readonly string[] {
  if (found !== undefined && found.folder === remoteFolder && found.archives.length > 0) return found.archives
  const [, first = '', ...rest] = remoteFolder.split('/')
  const own = [`/${first}/Archive/${rest.join('/')}`, `/Archive${remoteFolder}`]
  return [...new Set([...(documented ?? []), ...own])]
}

function checkMap(
  path: string,
  place: string,
  map: Readonly<Record<string, string>> | undefined,
  schema: FileSchema,
): void {
  for (const target of Object.keys(map ?? {})) {
    if (schema.records.some((record) => record.findColumn(target) !== undefined)) continue
    throw new GatewayError('CONFIG_INVALID', {
      path,
      place: `${place}.map`,
      reason: `${schema.object} has no column ${target}; declare it under coupa.customFields.${schema.object} if your instance has it`,
    })
  }
}

/** A word that names no rule would leave nothing out, and nobody would notice. */
function checkIgnoreRules(path: string, place: string, words: readonly string[]): void {
  const unknown = words.find((word) => !RULES.some((rule) => fitsRule(word, rule)))
  if (unknown === undefined) return
  const reason = `no rule is called ${unknown}; \`flatgate rules\` names them all`
  throw new GatewayError('CONFIG_INVALID', { path, place: `${place}.ignoreRules`, reason })
}

function checkCustomFields({ path, config }: LoadedConfig): void {
  for (const [object, fields] of Object.entries(config.coupa.customFields)) {
    const place = `coupa.customFields.${object}`
    const schema = atPlace(path, place, () => firstSchemaOf(object))
    for (const { name, record } of fields) {
      const reason = checkPromptName(name)
      if (reason !== undefined)
        throw new GatewayError('CONFIG_INVALID', { path, place, reason: `${JSON.stringify(name)} ${reason}` })
      if (isStandard(schema, name, record)) {
        throw new GatewayError('CONFIG_INVALID', {
          path,
          place,
          reason: `${name} is a standard column of ${object}; take it out here`,
        })
      }
      if (fields.filter((field) => field.name === name && field.record === record).length > 1) {
        throw new GatewayError('CONFIG_INVALID', { path, place, reason: `${name} is declared twice` })
      }
    }
  }
}

function isStandard(schema: FileSchema, name: string, record: string | undefined): boolean {
  const owner = record === undefined ? schema.records[0] : schema.records.find((known) => known.name === record)
  return owner?.findColumn(name) !== undefined
}

/** Custom fields are declared per object; an object may exist in one direction only. */
function firstSchemaOf(object: string): FileSchema {
  try {
    return schemaFor(PLAIN_INSTANCE, object, 'import')
  } catch (error) {
    const isExportOnly = error instanceof GatewayError && error.details['otherDirection'] !== undefined
    if (!isExportOnly) throw error
    return schemaFor(PLAIN_INSTANCE, object, 'export')
  }
}

/** Two flows on one drop folder would take each other's files. */
function refuseSharedFolders(path: string, flows: readonly ResolvedFlow[]): void {
  const owners = new Map<string, string>()
  for (const { kind, flow } of flows) {
    const folder = kind === 'import' ? flow.dropFolder : `${flow.remoteFolder} on the server`
    const owner = owners.get(folder)
    if (owner !== undefined) {
      throw new GatewayError('CONFIG_INVALID', {
        path,
        place: `flows.${flow.name}`,
        reason: `takes files from ${folder}, as ${owner} does`,
      })
    }
    owners.set(folder, flow.name)
  }
}
