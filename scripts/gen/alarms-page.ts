import { ALARM_KINDS, type AlarmKindRow } from '../../src/watch/index.ts'

/** `docs/reference/alarms.md`. */
export function alarmsPage(): string {
  const rows = Object.entries<AlarmKindRow>(ALARM_KINDS).map(
    ([kind, { about, severity, raised, ends, next }]) =>
      `| \`${kind}\` | ${about} | ${severity} | ${raised} | ${ends} | ${next} |`,
  )
  return `<!-- Written by scripts/gen.ts from src/watch/alarm-kinds.ts. Do not edit. -->

# Alarms

What a person must know. An alarm is raised once for its subject, seen again while it lasts, and over by itself when the
condition is. \`flatgate alarms\` shows those that are open; how to live with them: [operations](../operations.md).

| kind | about a | severity | raised when | over when | what to do |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
