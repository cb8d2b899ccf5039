import type { AlarmRecord, FileRecord, PartRecord, RunRecord } from '../../src/ledger/index.ts'

/** The instant of all records below. */
export const RECORDED_AT = new Date('2026-11-20T04:00:00.123Z')

/** A file of the flow `users`, accepted and changed at {@link RECORDED_AT}. */
export function fileRecord(id: string, more: Partial<FileRecord> = {}): FileRecord {
  return {
    id,
    flow: 'users',
    object: 'users',
    direction: 'import',
    name: `${id}.csv`,
    origin: `/drop/${id}.csv`,
    sha256: `sha-${id}`,
    sizeBytes: 12,
    state: 'accepted',
    acceptedAt: RECORDED_AT,
    updatedAt: RECORDED_AT,
    ...more,
  }
}

/** A part of a file, prepared. */
export function partRecord(fileId: string, number: number, more: Partial<PartRecord> = {}): PartRecord {
  const name = more.name ?? `users_${fileId}_${number}.csv`
  return {
    id: `${fileId}-${number}`,
    fileId,
    number,
    name,
    remotePath: `/Incoming/Users/${name}`,
    sha256: `sha-${fileId}-${number}`,
    sizeBytes: 6,
    rows: 10,
    firstRow: 1,
    lastRow: 10,
    state: 'prepared',
    attempts: 0,
    ...more,
  }
}

/** A run of the flow `users` that was started and not ended. */
export function runRecord(id: string, more: Partial<RunRecord> = {}): RunRecord {
  const at = RECORDED_AT
  return { id, flow: 'users', dueAt: at, trigger: 'schedule', startedAt: at, files: 0, ...more }
}

/** An alarm that was raised when it was first seen, and has not ended. */
export function alarmRecord(id: string, more: Partial<AlarmRecord> = {}): AlarmRecord {
  return {
    id,
    kind: 'never-taken',
    about: 'part',
    subject: `users_${id}.csv`,
    flow: 'users',
    severity: 'error',
    what: 'it lies there',
    reasons: ['because'],
    next: 'look',
    firstSeenAt: RECORDED_AT,
    lastSeenAt: RECORDED_AT,
    count: 1,
    raisedAt: RECORDED_AT,
    ...more,
  }
}
