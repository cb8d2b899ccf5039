export type { Faults } from './faults.ts'
export { createKeyPair, type KeyPair } from './key-pair.ts'
export type { SandboxUser } from './login.ts'
export { type SftpServer, type SftpServerOptions, startSftpServer } from './sftp-server.ts'
