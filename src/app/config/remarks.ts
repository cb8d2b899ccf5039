import type { Config } from './config-shape.ts'
import { isReference } from './secrets.ts'

/** Something that is valid and should not stay so. */
export interface ConfigRemark {
  /** `secrets` or `instance`. */
  readonly about: string
  /** Dotted path of the setting. */
  readonly place: string
  readonly message: string
  /** What to do about it. */
  readonly next: string
}

const SECRETS = ['password', 'privateKey', 'passphrase'] as const

/** What a person should know of a configuration that is valid. Quotes no value. */
export function remarksOf({ server, coupa }: Pick<Config, 'server' | 'coupa'>): readonly ConfigRemark[] {
  const literal = SECRETS.filter((key) => {
    const text = server?.[key]
    return text !== undefined && !isReference(text)
  })
  const isUnguarded = coupa.instance === 'test' && coupa.productionHosts.length === 0
  return [
    // Whoever may read the configuration would know the secret.
    ...literal.map((key) => ({
      about: 'secrets',
      place: `server.${key}`,
      message: 'a secret stands in the configuration itself',
      next: 'put ${env:NAME} or ${file:path} there instead',
    })),
    ...(isUnguarded ? [UNGUARDED] : []),
  ]
}

const UNGUARDED: ConfigRemark = {
  about: 'instance',
  place: 'coupa.productionHosts',
  message: 'the configuration is for a test instance, and nothing says which servers are those of production',
  next: 'name them under `coupa.productionHosts`, so that they are refused here',
}
