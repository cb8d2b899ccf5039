export type { RecordView, ScanFault, ScanHandler, ScanSummary } from './record-view.ts'
