import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { asGatewayError, GatewayError, isCode, writeFileWhole } from '../base/index.ts'
import type { Direction } from '../schema/index.ts'
import type { Config } from './config/config-shape.ts'
import { serverLabel } from './server-label.ts'

const remotePath = z.string().regex(/^\/\S/)

const PROFILE_SHAPE = z.strictObject({
  version: z.literal(1),
  /** Label of the server that was asked. */
  server: z.string(),
  probedAt: z.iso.datetime(),
  folders: z.array(
    z.strictObject({
      object: z.string(),
      direction: z.enum(['import', 'export']),
      folder: remotePath,
      /** Folders of the archive that are there; empty where Coupa has made none yet. */
      archives: z.array(remotePath),
    }),
  ),
})

/** Where the folders of objects are on one server, as `flatgate doctor --probe` found them. */
export type Profile = z.output<typeof PROFILE_SHAPE>
/** The folder of one object in one direction. */
export type ProfileFolder = Profile['folders'][number]

/** Path of the profile of a configuration. */
export function profilePath(folder: string, { folders }: Pick<Config, 'folders'>): string {
  return join(resolve(folder, folders.state), 'profile.json')
}

/**
 * The profile of the server that a configuration names; `undefined` where none was made, or of another server only.
 *
 * @throws {GatewayError} `CONFIG_INVALID` it was changed by hand and is no profile any more.
 */
export function readProfile(folder: string, config: Pick<Config, 'folders' | 'server'>): Profile | undefined {
  const path = profilePath(folder, config)
  const text = readText(path)
  if (text === undefined) return undefined
  const parsed = PROFILE_SHAPE.safeParse(parseJson(text))
  if (!parsed.success) {
    const reason = 'it is no profile; run `flatgate doctor --probe` again, or remove it'
    throw new GatewayError('CONFIG_INVALID', { path, reason }, { cause: parsed.error })
  }
  return parsed.data.server === serverLabel(config.server) ? parsed.data : undefined
}

/** The folder of an object in a profile. */
export function findProfileFolder(
  profile: Profile | undefined,
  object: string,
  direction: Direction,
): ProfileFolder | undefined {
  return profile?.folders.find((one) => one.object === object && one.direction === direction)
}

/** Keeps a profile; the one before is replaced. @returns Its path. */
export async function writeProfile(folder: string, config: Pick<Config, 'folders'>, profile: Profile): Promise<string> {
  const path = profilePath(folder, config)
  await writeFileWhole(path, `${JSON.stringify(profile, undefined, 2)}\n`)
  return path
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw asGatewayError(error, path)
  }
}

/** What is no JSON is no profile either: `undefined` fits no shape. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
