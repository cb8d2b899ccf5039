import { binaryFile } from './binary-file.ts'
import { blankColumnHeader } from './blank-column-header.ts'
import { blankLine } from './blank-line.ts'
import { byteOrderMark } from './byte-order-mark.ts'
import { columnNotInRelease } from './column-not-in-release.ts'
import { columnSpelling } from './column-spelling.ts'
import { controlCharacter } from './control-character.ts'
import { duplicateColumn } from './duplicate-column.ts'
import { emptyRow } from './empty-row.ts'
import { fileEmpty } from './file-empty.ts'
import { fileName } from './file-name.ts'
import { fileTooLarge } from './file-too-large.ts'
import { foreignDelimiter } from './foreign-delimiter.ts'
import { headerMissing } from './header-missing.ts'
import { headerOnly } from './header-only.ts'
import { idleColumn } from './idle-column.ts'
import { invalidUtf8 } from './invalid-utf8.ts'
import { loneCarriageReturn } from './lone-carriage-return.ts'
import { missingColumnSet } from './missing-column-set.ts'
import { missingHeaderRow } from './missing-header-row.ts'
import { missingRequiredColumn } from './missing-required-column.ts'
import { mixedLineEnds } from './mixed-line-ends.ts'
import { noFinalLineEnd } from './no-final-line-end.ts'
import { parentlessRecord } from './parentless-record.ts'
import { raggedRecord } from './ragged-record.ts'
import { recordTooLong } from './record-too-long.ts'
import { repeatedHeader } from './repeated-header.ts'
import { separatorLine } from './separator-line.ts'
import { strayQuote } from './stray-quote.ts'
import { textAfterQuote } from './text-after-quote.ts'
import { tooManyRows } from './too-many-rows.ts'
import { unknownColumn } from './unknown-column.ts'
import { unknownRecordType } from './unknown-record-type.ts'
import { unquotedField } from './unquoted-field.ts'
import { unterminatedQuote } from './unterminated-quote.ts'
import { utf16 } from './utf-16.ts'
import type { Rule } from '../rule.ts'

/** Every rule, by code. A new rule is one line here. */
export const RULES: readonly Rule[] = Object.freeze([
  fileEmpty, // F001
  invalidUtf8, // F101
  byteOrderMark, // F102
  utf16, // F103
  controlCharacter, // F104
  binaryFile, // F105
  foreignDelimiter, // F201
  unquotedField, // F202
  strayQuote, // F203
  textAfterQuote, // F204
  unterminatedQuote, // F205
  mixedLineEnds, // F206
  loneCarriageReturn, // F207
  recordTooLong, // F208
  separatorLine, // F209
  tooManyRows, // F301
  fileTooLarge, // F302
  fileName, // F303
  noFinalLineEnd, // F304
  headerMissing, // H101
  missingRequiredColumn, // H102
  unknownColumn, // H103
  duplicateColumn, // H104
  blankColumnHeader, // H105
  columnNotInRelease, // H106
  columnSpelling, // H107
  idleColumn, // H108
  headerOnly, // H109
  missingColumnSet, // H110
  raggedRecord, // R101
  blankLine, // R102
  repeatedHeader, // R103
  emptyRow, // R104
  unknownRecordType, // R201
  missingHeaderRow, // R202
  parentlessRecord, // R203
])
