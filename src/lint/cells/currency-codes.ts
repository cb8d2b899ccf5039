/** Codes of ISO 4217 that are or were in use, as the runtime knows them. */
export const CURRENCY_CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Three capital letters. Lets `Euro` and `usd` pass. */
const CODE_FORM = /^[A-Z]{3}$/

/** Whether a text has the form of a currency code. */
export function isCurrencyForm(text: string): boolean {
  return CODE_FORM.test(text)
}
