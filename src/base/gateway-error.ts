import { ERROR_TABLE, type ErrorCode, type Retry } from './error-table.ts'

/** Facts of an error, fit for logs: paths, counts, limits. Never a secret, never a cell value. */
export type ErrorDetails = Readonly<Record<string, string | number>>

/** The only error class this program throws on purpose. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { readonly cause: unknown }) {
    const facts = Object.entries(details)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')
    super(`${code}: ${ERROR_TABLE[code].summary}${facts && ` (${facts})`}`, options)
    this.code = code
    this.details = details
  }

  /** What the caller may do next. */
  get retry(): Retry {
    return ERROR_TABLE[this.code].retry
  }
}
