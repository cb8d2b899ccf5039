export type {
  Column,
  ColumnFormat,
  ColumnType,
  Condition,
  Direction,
  Key,
  KeyRule,
  ListForm,
  RecordType,
  Reference,
  SchemaDefinition,
} from './definition.ts'
export type { CustomField, FileSchema, RecordSchema, SchemaColumn } from './file-schema.ts'
