import { resolve } from 'node:path'
import {
  type Config,
  CONFIG_SHAPE,
  createRootLog,
  findConfig,
  type Gateway,
  type LoadedConfig,
  loadConfig,
  openGateway,
  type RootLog,
  secretsOf,
} from '../app/index.ts'
import { GatewayError } from '../base/index.ts'
import type { Io } from './io.ts'

/** The configuration that a command runs with. @throws {GatewayError} `CONFIG_NOT_FOUND`, `CONFIG_INVALID` */
export function openConfig(io: Io, path: string | undefined): LoadedConfig {
  const found = path === undefined ? findConfig(io.folder) : resolve(io.folder, path)
  if (found === undefined) throw new GatewayError('CONFIG_NOT_FOUND', { folder: io.folder })
  return loadConfig(found)
}

/** The configuration for commands that work without one: the named one, the nearest one, or the defaults. */
export function openConfigOrDefaults(io: Io, path: string | undefined): Config {
  const found = path === undefined ? findConfig(io.folder) : resolve(io.folder, path)
  return found === undefined ? CONFIG_SHAPE.parse({}) : loadConfig(found).config
}

/** How the log of a command looks. */
export interface LogChoice {
  readonly form: 'json' | 'human'
  readonly level: 'debug' | 'info' | 'warn' | 'error'
}

/** Runs `work` with an open gateway and closes both, whatever happens. */
export async function withGateway<T>(
  io: Io,
  configPath: string | undefined,
  log: LogChoice,
  work: (gateway: Gateway, loaded: LoadedConfig) => Promise<T>,
): Promise<T> {
  const loaded = openConfig(io, configPath)
  const sources = { env: io.env, folder: loaded.folder }
  const root: RootLog = createRootLog({ ...log, secrets: secretsOf(loaded, sources), output: io.errStream })
  try {
    const gateway = await openGateway({ loaded, sources, log: root, signal: io.signal })
    try {
      return await work(gateway, loaded)
    } finally {
      await gateway.close()
    }
  } finally {
    await root.close()
  }
}
