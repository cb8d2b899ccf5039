import type { Column, RecordType } from './definition.ts'

/** Whether what a definition says under `key` is marked as uncertain: a rule that rests on it says at most a warning. */
export function isUncertain(owner: Column | RecordType, key: string): boolean {
  return owner.uncertain?.some((text) => text.startsWith(`${key}: `)) ?? false
}
