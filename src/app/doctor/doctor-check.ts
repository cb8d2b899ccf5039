import { ERROR_TABLE, GatewayError } from '../../base/index.ts'

/** One thing that was tried. */
export interface DoctorCheck {
  readonly name: string
  readonly result: 'ok' | 'note' | 'failed' | 'skipped'
  readonly detail: string
  /** What to do about it. */
  readonly next?: string
  /** What failed, for the exit code. */
  readonly error?: GatewayError
}

/** Tries one thing; an error of the gateway is a result, any other goes up. */
export async function tryCheck<T>(
  name: string,
  work: () => Promise<T>,
  tell: (value: T) => string,
): Promise<{ check: DoctorCheck; value?: T }> {
  try {
    const value = await work()
    return { check: { name, result: 'ok', detail: tell(value) }, value }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { check: failedCheck(name, error) }
  }
}

/** A check that an error ended. */
export function failedCheck(name: string, error: GatewayError): DoctorCheck {
  return { name, result: 'failed', detail: error.message, next: ERROR_TABLE[error.code].next, error }
}
