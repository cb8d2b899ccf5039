export { type Collecting, type Collection, createCollection } from './collection.ts'
export type { CollectionTools, ExportFlow } from './flow.ts'
export { EXPORT_TABLE } from './states.ts'
