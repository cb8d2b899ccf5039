import type { FileSchema } from '../schema/index.ts'
import type { ExtendedConfig, NewCustomField } from './config/add-custom-fields.ts'
import type { LedgerBackup } from '../ledger/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import type { ValidConfig } from './config/validate-config.ts'
import type { ResolvedFlow } from './config/resolve-flows.ts'
import type { InstanceConfig } from './config/schema-for.ts'
import type { DoctorCheck } from './doctor/doctor-check.ts'
import type { ExplainedFlow, ExplainedSchedule } from './explain-schedules.ts'
import type { Gateway } from './gateway.ts'
import type { LintedFile } from './lint-file.ts'
import type { RootLog } from './logger.ts'
import type { Probe } from './probe.ts'
import type { FlowStatus } from './status.ts'
import type { LedgerReview } from './review-ledger.ts'
import type { TrustedServer } from './trust-server.ts'
import type * as configUnit from './config/load-config.ts'
import type * as flowsUnit from './config/resolve-flows.ts'
import type * as schemasUnit from './config/schema-for.ts'
import type * as doctorUnit from './doctor/doctor.ts'
import type * as explainingUnit from './explain-schedules.ts'
import type * as gatewaysUnit from './gateway.ts'
import type * as lintingUnit from './lint-file.ts'
import type * as lintDeskUnit from './lint-desk.ts'
import type * as loggingUnit from './logger.ts'
import type * as probingUnit from './probe.ts'
import type * as statusUnit from './status.ts'
import type * as backupUnit from './back-up-ledger.ts'
import type * as reviewUnit from './review-ledger.ts'
import type * as validationUnit from './config/validate-config.ts'
import type * as trustUnit from './trust-server.ts'

// The doors to what needs large libraries. Each loads its unit when it is first called, so that a command that prints
// a version or checks ten rows does not wait for the SFTP client, the database and the scheduler.

/** Reads and checks a configuration. @throws {GatewayError} `CONFIG_NOT_FOUND`, `CONFIG_INVALID` */
export async function loadConfig(...args: Parameters<(typeof configUnit)['loadConfig']>): Promise<LoadedConfig> {
  return (await import('./config/load-config.ts')).loadConfig(...args)
}

/**
 * Resolves every flow against the schemas.
 *
 * @throws {GatewayError} `CONFIG_INVALID`, `SCHEMA_UNKNOWN`, `SCHEMA_NO_SFTP`, `SCHEDULE_INVALID`, `RELEASE_UNKNOWN`
 */
export async function resolveFlows(
  ...args: Parameters<(typeof flowsUnit)['resolveFlows']>
): Promise<readonly ResolvedFlow[]> {
  return (await import('./config/resolve-flows.ts')).resolveFlows(...args)
}

/** The schema that a configuration gives an object. @throws {GatewayError} `SCHEMA_UNKNOWN`, `RELEASE_UNKNOWN` */
export async function schemaFor(...args: Parameters<(typeof schemasUnit)['schemaFor']>): Promise<FileSchema> {
  return (await import('./config/schema-for.ts')).schemaFor(...args)
}

/** The instance of those who have no configuration. */
export async function plainInstance(): Promise<InstanceConfig> {
  return (await import('./config/schema-for.ts')).PLAIN_INSTANCE
}

/** Lints one file of any size in constant memory. @throws {GatewayError} As `lint-file.ts` lists them. */
export async function lintFile(...args: Parameters<(typeof lintingUnit)['lintFile']>): Promise<LintedFile> {
  return (await import('./lint-file.ts')).lintFile(...args)
}

/** Declares custom fields in the text of a configuration. @throws {GatewayError} `CONFIG_INVALID` */
export async function addCustomFields(
  text: string,
  object: string,
  fields: readonly NewCustomField[],
): Promise<ExtendedConfig> {
  return (await import('./config/add-custom-fields.ts')).addCustomFields(text, object, fields)
}

/** Custom fields of an object as the part of a configuration that declares them. */
export async function customFieldsText(object: string, fields: readonly NewCustomField[]): Promise<string> {
  return (await import('./config/add-custom-fields.ts')).customFieldsText(object, fields)
}

/** The linter at work on many files: runs, repairs, watching. */
export async function loadLinting(): Promise<typeof lintDeskUnit> {
  return import('./lint-desk.ts')
}

/** Opens ledger and folders of a gateway. @throws {GatewayError} The configuration or the ledger is not usable. */
export async function openGateway(...args: Parameters<(typeof gatewaysUnit)['openGateway']>): Promise<Gateway> {
  return (await import('./gateway.ts')).openGateway(...args)
}

/** Makes the root logger. */
export async function createRootLog(...args: Parameters<(typeof loggingUnit)['createRootLog']>): Promise<RootLog> {
  return (await import('./logger.ts')).createRootLog(...args)
}

/** Tries everything that the flows need, step by step. */
export async function* examine(...args: Parameters<(typeof doctorUnit)['examine']>): AsyncGenerator<DoctorCheck> {
  yield* (await import('./doctor/doctor.ts')).examine(...args)
}

/** Lists the folders of the configured server, matches them to objects and keeps what it found as the profile. */
export async function probeServer(...args: Parameters<(typeof probingUnit)['probeServer']>): Promise<Probe> {
  return (await import('./probe.ts')).probeServer(...args)
}

/** The state of every flow, out of the ledger. */
export async function readStatus(
  ...args: Parameters<(typeof statusUnit)['readStatus']>
): Promise<readonly FlowStatus[]> {
  return (await import('./status.ts')).readStatus(...args)
}

/** Shows a person the keys of the configured server and pins the one that they confirm. */
export async function trustServer(
  ...args: Parameters<(typeof trustUnit)['trustServer']>
): Promise<TrustedServer | undefined> {
  return (await import('./trust-server.ts')).trustServer(...args)
}

/** Copies the ledger of a configuration. @throws {GatewayError} As `back-up-ledger.ts` lists them. */
export async function backUpLedger(...args: Parameters<(typeof backupUnit)['backUpLedger']>): Promise<LedgerBackup> {
  return (await import('./back-up-ledger.ts')).backUpLedger(...args)
}

/** Reads the whole ledger and says what is not as it should be. @throws {GatewayError} As `review-ledger.ts` lists them. */
export async function reviewLedger(...args: Parameters<(typeof reviewUnit)['reviewLedger']>): Promise<LedgerReview> {
  return (await import('./review-ledger.ts')).reviewLedger(...args)
}

/** Explains one schedule from an instant on. */
export async function explainSchedule(
  ...args: Parameters<(typeof explainingUnit)['explainSchedule']>
): Promise<ExplainedSchedule> {
  return (await import('./explain-schedules.ts')).explainSchedule(...args)
}

/** Explains the schedules of flows; what is owed comes out of the ledger. */
export async function explainFlows(
  ...args: Parameters<(typeof explainingUnit)['explainFlows']>
): Promise<readonly ExplainedFlow[]> {
  return (await import('./explain-schedules.ts')).explainFlows(...args)
}

/** Checks all of a configuration that can be checked without asking anybody. @throws {GatewayError} As `resolveFlows`. */
export async function validateConfig(
  ...args: Parameters<(typeof validationUnit)['validateConfig']>
): Promise<ValidConfig> {
  return (await import('./config/validate-config.ts')).validateConfig(...args)
}
