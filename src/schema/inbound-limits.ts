/**
 * What Coupa takes in one inbound file unless a definition says otherwise: data rows (the header not counted) and bytes.
 *
 * Coupa says "8 MB" and not whether that is 8,000,000 or 8,388,608 bytes: the smaller is taken, for a file that is split
 * too early is loaded, and one that is too large is refused.
 *
 * Source: Coupa CSV flat file integration, January 2020; Integration Schedules and File Names.
 */
export const INBOUND_LIMITS = Object.freeze({ rows: 5_000, bytes: 8_000_000 })
