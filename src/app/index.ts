export type { ExtendedConfig, NewCustomField } from './config/add-custom-fields.ts'
export type { Config } from './config/config-shape.ts'
export { type FirstAnswers, firstConfigText } from './config/config-text.ts'
export { CONFIG_NAME, findConfig } from './config/find-config.ts'
export type { LoadedConfig } from './config/load-config.ts'
export type { ResolvedFlow } from './config/resolve-flows.ts'
export type { InstanceConfig } from './config/schema-for.ts'
export { secretsOf } from './config/secrets.ts'
export { isTimeZone } from './config/time-zone.ts'
export { usedColumns, type UsedColumns } from './config/used-columns.ts'
export type { DoctorCheck } from './doctor/doctor-check.ts'
export type { ExplainedExpectation, ExplainedFlow, ExplainedSchedule } from './explain-schedules.ts'
export type { FlowOutcome } from './flow-worker.ts'
export type { ResendPlan } from '../delivery/index.ts'
export type { Gateway, GatewayOptions, Resending } from './gateway.ts'
export type { HeldPartOfFlow, HoldEvidence } from './holds.ts'
export { type HeldLease, heldLeases, releasableLease, releaseUnrenewed } from './leases.ts'
export type { LintedFile, LintRequest } from './lint-file.ts'
export type { FixedFiles, FixRequest, FixTarget } from './lint-fix.ts'
export type { IdentifiedInput } from './lint-identify.ts'
export type { LintInput } from './lint-input.ts'
export type { LintMemory } from './lint-memory.ts'
export type { FailedInput, IdentifiedSchema, LintRunRequest } from './lint-run.ts'
export type { LintChoice, UnusedIgnores } from './lint-settings.ts'
export type { LoggerOptions, RootLog } from './logger.ts'
export type { RetentionOrder, RetentionOutcome } from './apply-retention.ts'
export {
  addCustomFields,
  backUpLedger,
  createRootLog,
  customFieldsText,
  examine,
  explainFlows,
  explainSchedule,
  lintFile,
  loadConfig,
  loadLinting,
  openGateway,
  plainInstance,
  probeServer,
  readStatus,
  resolveFlows,
  reviewLedger,
  schemaFor,
  trustServer,
  validateConfig,
} from './on-demand.ts'
export type { Probe, ProbeResult } from './probe.ts'
export type { LedgerReview } from './review-ledger.ts'
export { readRulePage } from './rule-pages.ts'
export type { FlowStatus } from './status.ts'
export type { TrustedServer, TrustOffer } from './trust-server.ts'
export { readVersion } from './version.ts'
