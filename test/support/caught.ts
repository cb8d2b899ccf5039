import { GatewayError } from '../../src/base/index.ts'

/** The gateway's error that `work` throws or rejects with; fails where it does neither. */
export async function caught(work: () => unknown): Promise<GatewayError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
