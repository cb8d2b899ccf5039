import { GatewayError } from '../base/index.ts'

/** Whether an error leaves open what happened: then what lies where is evidence, and is not cleaned up. */
export function leavesEvidence(cause: unknown): boolean {
  return cause instanceof GatewayError && cause.retry === 'check-first'
}
