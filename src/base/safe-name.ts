/**
 * Whether a file name from outside may be used as one path segment: 1 to 200 bytes, no separator, no control or
 * format character (zero-width and right-to-left marks), not `.` or `..`, no leading dot or dash.
 *
 * House: 200 bytes leave room for the marks that flatgate adds below the usual limit of 255.
 */
export function isSafeName(name: string): boolean {
  if (name === '' || Buffer.byteLength(name) > 200) return false
  // Matches `a/b` and U+202E; lets `Übersicht 2026.csv` pass.
  if (/[/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) return false
  return !/^[.-]/.test(name)
}
