/**
 * House: how long a flow or a folder rests after its gateway was lost together with its machine. Too short is worse than
 * too long: a machine that stood still for a moment must not meet another one at its work.
 */
export const LEASE_MS = 2 * 60_000
