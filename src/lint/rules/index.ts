import { archiveTooLarge } from './archive-too-large.ts'
import { attachmentCase } from './attachment-case.ts'
import { attachmentMissing } from './attachment-missing.ts'
import { attachmentUnused } from './attachment-unused.ts'
import { binaryFile } from './binary-file.ts'
import { blankColumnHeader } from './blank-column-header.ts'
import { blankLine } from './blank-line.ts'
import { byteOrderMark } from './byte-order-mark.ts'
import { columnNotInRelease } from './column-not-in-release.ts'
import { columnSpelling } from './column-spelling.ts'
import { conditionallyRequired } from './conditionally-required.ts'
import { consequentialValue } from './consequential-value.ts'
import { controlCharacter } from './control-character.ts'
import { cutAtLimit } from './cut-at-limit.ts'
import { dateInFuture } from './date-in-future.ts'
import { duplicateColumn } from './duplicate-column.ts'
import { duplicateKey } from './duplicate-key.ts'
import { duplicateRow } from './duplicate-row.ts'
import { duplicateUniqueValue } from './duplicate-unique-value.ts'
import { emptyRow } from './empty-row.ts'
import { endOfFileMark } from './end-of-file-mark.ts'
import { fileEmpty } from './file-empty.ts'
import { fileName } from './file-name.ts'
import { fileTooLarge } from './file-too-large.ts'
import { foreignDelimiter } from './foreign-delimiter.ts'
import { foreignQuotes } from './foreign-quotes.ts'
import { headerMissing } from './header-missing.ts'
import { headerOnly } from './header-only.ts'
import { idleColumn } from './idle-column.ts'
import { inactiveReference } from './inactive-reference.ts'
import { inactiveUpdate } from './inactive-update.ts'
import { invalidUtf8 } from './invalid-utf8.ts'
import { invisibleCharacter } from './invisible-character.ts'
import { junkEntry } from './junk-entry.ts'
import { keyTrap } from './key-trap.ts'
import { licenceGranted } from './licence-granted.ts'
import { listItem } from './list-item.ts'
import { loneCarriageReturn } from './lone-carriage-return.ts'
import { lostLeadingZeros } from './lost-leading-zeros.ts'
import { malformedCode } from './malformed-code.ts'
import { malformedDomain } from './malformed-domain.ts'
import { malformedEmail } from './malformed-email.ts'
import { malformedMoney } from './malformed-money.ts'
import { malformedUrl } from './malformed-url.ts'
import { mangledText } from './mangled-text.ts'
import { missingColumnSet } from './missing-column-set.ts'
import { missingHeaderRow } from './missing-header-row.ts'
import { missingRequiredColumn } from './missing-required-column.ts'
import { mixedDateOrders } from './mixed-date-orders.ts'
import { mixedLineEnds } from './mixed-line-ends.ts'
import { mixedNumberForms } from './mixed-number-forms.ts'
import { mustBeBlank } from './must-be-blank.ts'
import { namesItself } from './names-itself.ts'
import { noFinalLineEnd } from './no-final-line-end.ts'
import { noKeyFilled } from './no-key-filled.ts'
import { noneOfRequired } from './none-of-required.ts'
import { notABoolean } from './not-a-boolean.ts'
import { notADate } from './not-a-date.ts'
import { notADecimal } from './not-a-decimal.ts'
import { notAnInteger } from './not-an-integer.ts'
import { numberOutOfRange } from './number-out-of-range.ts'
import { oddEntryName } from './odd-entry-name.ts'
import { oddGroupName } from './odd-group-name.ts'
import { oddPhone } from './odd-phone.ts'
import { orderClosedTwice } from './order-closed-twice.ts'
import { outerBlanks } from './outer-blanks.ts'
import { overruledValue } from './overruled-value.ts'
import { parentlessRecord } from './parentless-record.ts'
import { placeholderText } from './placeholder-text.ts'
import { raggedRecord } from './ragged-record.ts'
import { rateInFuture } from './rate-in-future.ts'
import { rateJump } from './rate-jump.ts'
import { rateNotPositive } from './rate-not-positive.ts'
import { rateToItself } from './rate-to-itself.ts'
import { ratesDisagree } from './rates-disagree.ts'
import { recordTooLong } from './record-too-long.ts'
import { repeatedHeader } from './repeated-header.ts'
import { requiredEmpty } from './required-empty.ts'
import { reverseRateMissing } from './reverse-rate-missing.ts'
import { segmentGap } from './segment-gap.ts'
import { separatorLine } from './separator-line.ts'
import { sharedChainName } from './shared-chain-name.ts'
import { spreadsheetError } from './spreadsheet-error.ts'
import { spreadsheetExponent } from './spreadsheet-exponent.ts'
import { strayQuote } from './stray-quote.ts'
import { tableNotAtTop } from './table-not-at-top.ts'
import { textAfterQuote } from './text-after-quote.ts'
import { textTooLong } from './text-too-long.ts'
import { textTooShort } from './text-too-short.ts'
import { titleRows } from './title-rows.ts'
import { tooManyDigits } from './too-many-digits.ts'
import { tooManyRows } from './too-many-rows.ts'
import { twoRatesOneDay } from './two-rates-one-day.ts'
import { unevenPadding } from './uneven-padding.ts'
import { unknownColumn } from './unknown-column.ts'
import { unknownCountry } from './unknown-country.ts'
import { unknownCurrency } from './unknown-currency.ts'
import { unknownLocale } from './unknown-locale.ts'
import { unknownRecordType } from './unknown-record-type.ts'
import { unknownReference } from './unknown-reference.ts'
import { unknownTimezone } from './unknown-timezone.ts'
import { unquotedField } from './unquoted-field.ts'
import { unterminatedQuote } from './unterminated-quote.ts'
import { utf16 } from './utf-16.ts'
import { valueNotAllowed } from './value-not-allowed.ts'
import { valueNotSuggested } from './value-not-suggested.ts'
import { voidingPayment } from './voiding-payment.ts'
import { weekNotOnSunday } from './week-not-on-sunday.ts'
import type { Rule } from '../rule.ts'

/** Every rule, by code. A new rule is one line here. */
export const RULES: readonly Rule[] = Object.freeze([
  requiredEmpty, // C101
  textTooLong, // C201
  textTooShort, // C202
  listItem, // C203
  notAnInteger, // C301
  notADecimal, // C302
  tooManyDigits, // C303
  numberOutOfRange, // C304
  mixedNumberForms, // C305
  notABoolean, // C401
  notADate, // C402
  dateInFuture, // C403
  mixedDateOrders, // C404
  valueNotAllowed, // C405
  valueNotSuggested, // C406
  malformedEmail, // C501
  unknownCurrency, // C502
  unknownCountry, // C503
  unknownLocale, // C504
  malformedMoney, // C505
  oddPhone, // C506
  malformedUrl, // C507
  malformedCode, // C508
  unknownTimezone, // C509
  malformedDomain, // C510
  outerBlanks, // C601
  spreadsheetExponent, // C602
  invisibleCharacter, // C603
  mangledText, // C604
  spreadsheetError, // C605
  cutAtLimit, // C606
  placeholderText, // C607
  consequentialValue, // C702
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
  titleRows, // F210
  endOfFileMark, // F211
  foreignQuotes, // F212
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
  duplicateKey, // K101
  duplicateUniqueValue, // K102
  noKeyFilled, // K103
  keyTrap, // K104
  duplicateRow, // K105
  lostLeadingZeros, // K106
  unevenPadding, // K107
  inactiveUpdate, // K108
  licenceGranted, // O101
  sharedChainName, // O102
  oddGroupName, // O103
  weekNotOnSunday, // O104
  voidingPayment, // O105
  orderClosedTwice, // O106
  raggedRecord, // R101
  blankLine, // R102
  repeatedHeader, // R103
  emptyRow, // R104
  unknownRecordType, // R201
  missingHeaderRow, // R202
  parentlessRecord, // R203
  conditionallyRequired, // X101
  mustBeBlank, // X102
  segmentGap, // X103
  noneOfRequired, // X104
  overruledValue, // X105
  rateToItself, // X201
  namesItself, // X202
  reverseRateMissing, // X301
  twoRatesOneDay, // X302
  rateInFuture, // X303
  rateNotPositive, // X304
  ratesDisagree, // X305
  rateJump, // X306
  unknownReference, // X401
  inactiveReference, // X402
  attachmentMissing, // Z101
  attachmentCase, // Z102
  attachmentUnused, // Z103
  tableNotAtTop, // Z104
  archiveTooLarge, // Z105
  junkEntry, // Z106
  oddEntryName, // Z107
])
