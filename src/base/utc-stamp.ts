/**
 * An instant as Coupa writes it into file names: `20261120_040000Z`. Seconds; parts of a second are cut off.
 *
 * Source: Coupa, Integration Schedules and File Names.
 */
export function utcStamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_')}Z`
}
