import { GatewayError } from '../base/index.ts'

/**
 * Tidies up behind a failure. What the server answers to that is left aside, because the failure itself is what the
 * caller must hear; a left-over is replaced by the next attempt.
 */
export async function cleanUp(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
  }
}
