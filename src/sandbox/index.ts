export type { Faults } from './faults.ts'
export type { SandboxUser } from './login.ts'
export { type SftpServer, type SftpServerOptions, startSftpServer } from './sftp-server.ts'
