import { afterEach, beforeEach } from '@jest/globals'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'
import type { TempFolder } from './temp-folder.ts'

/** A gateway's folder whose server is a stand-in for Coupa. */
export interface SandboxGateway {
  readonly sandbox: Sandbox
  /** Writes `flatgate.yaml` for the sandbox. @param flows YAML of `flows`, and what else comes after it. */
  configure(flows: string, server?: string): string
  /** Starts it again where it was, after a test has closed it. */
  restart(): Promise<void>
}

/** A users file without a fault. */
export const USERS =
  '"Login","Email","First Name","Last Name"\r\n"ann","ann@example.com","Ann","Lee"\r\n"bob","bob@example.com","Bob","Roy"\r\n'

/** A users file with one: a required cell is empty. */
export const BROKEN_USERS = '"Login","Email","First Name","Last Name"\r\n"ann","not an address","Ann","Lee"\r\n'

/** Starts a sandbox before each test of the file; it takes nothing unless the test asks its loader to. */
export function useSandboxGateway(folder: TempFolder, options: Partial<SandboxOptions> = {}): SandboxGateway {
  let sandbox: Sandbox | undefined
  const running = (): Sandbox => {
    if (sandbox === undefined) throw new Error('the sandbox runs inside tests only')
    return sandbox
  }
  beforeEach(async () => {
    sandbox = await startSandbox({ folder: folder.at('coupa'), cycleSeconds: 3600, ...options })
  })
  afterEach(async () => {
    await sandbox?.close()
    sandbox = undefined
  })
  return {
    get sandbox() {
      return running()
    },
    async restart() {
      const { folder: own, port, password = '' } = running()
      sandbox = await startSandbox({ folder: own, cycleSeconds: 3600, ...options, port, password })
    },
    configure(flows, server = '') {
      const { host, port, username, password = '', fingerprint } = running()
      folder.write('secret', password, 0o600)
      return folder.write(
        'flatgate.yaml',
        `server:\n  host: ${host}\n  port: ${port}\n  username: ${username}\n  password: \${file:secret}\n` +
          `  hostKey: "${fingerprint}"\n${server}pickUp: { settleSeconds: 0.01, lookEverySeconds: 0.05, askEverySeconds: 0.05 }\nflows:\n${flows}`,
      )
    },
  }
}
