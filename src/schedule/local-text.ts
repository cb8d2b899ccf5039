import type { Zone } from './zone.ts'

/** An instant as the clock on the wall of a zone shows it, with its distance from UTC: `2026-11-20 05:00 +01:00`. */
export function localText(zone: Zone, at: Date): string {
  const offset = zone.offsetAt(at.getTime())
  const minutes = Math.abs(offset) / 60_000
  const distance = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return `${localMinute(at.getTime() + offset)} ${offset < 0 ? '-' : '+'}${distance}`
}

/** A local time, counted as if it were UTC: `2026-11-20 05:00`. */
export function localMinute(localTime: number): string {
  return new Date(localTime).toISOString().slice(0, 16).replace('T', ' ')
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0')
}
