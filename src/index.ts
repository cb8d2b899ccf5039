export type { FlowOutcome, Gateway } from './app/index.ts'
export { type Clock, type Finding, GatewayError, type Log, type Position, type Severity } from './base/index.ts'
export {
  type FlatRow,
  lint,
  type LintFileOptions,
  type ObjectChoice,
  type ObjectColumns,
  type ObjectName,
  openGateway,
  type OpenGatewayOptions,
  readFlatFile,
  type RecordOf,
  writeFlatFile,
  type WriteFlatFileOptions,
} from './library/index.ts'
export type { LintReport } from './lint/index.ts'
export type { CustomField, Direction } from './schema/index.ts'
