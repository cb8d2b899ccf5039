export { type Connection, createConnection } from './connection.ts'
export {
  type ConnectionBudgetOptions,
  DEFAULT_CONNECTIONS,
  type LeaseBook,
  MOST_CONNECTIONS,
  withinBudget,
} from './connection-budget.ts'
export type { HostKey } from './host-key.ts'
export { type HostTrust, isTrusted, loadHostTrust, type TrustSources } from './host-trust.ts'
export { type PinnedText, pinInKnownHosts } from './pin-in-known-hosts.ts'
export { openLocalStore } from './local-store.ts'
export { createMemoryDisk, createMemoryStore, type MemoryDisk } from './memory-store.ts'
export { type ProbeOptions, probeHostKey, probeHostKeys } from './probe-host-key.ts'
export type { OpenRemoteStore, PublishOptions, RemoteFile, RemoteStore } from './remote-store.ts'
export type { SftpStoreOptions } from './sftp-options.ts'
export { openSftpStore } from './sftp-store.ts'
