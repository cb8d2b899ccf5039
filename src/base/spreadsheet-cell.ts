/**
 * The name a spreadsheet gives a cell.
 *
 * @param field Field of the record, from 1.
 * @param record Record of the file, header included, from 1.
 * @example spreadsheetCell(28, 3) // 'AB3'
 */
export function spreadsheetCell(field: number, record: number): string {
  let letters = ''
  for (let rest = field; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters + String(record)
}
