import { describe, expect, it } from '@jest/globals'
import { caught } from '../../../test/support/caught.ts'
import { CONFIG_SHAPE } from './config-shape.ts'
import { refuseProduction } from './refuse-production.ts'

const FINGERPRINT = `SHA256:${'A'.repeat(43)}`

function configOf(instance: string | undefined, productionHosts: readonly string[], host = 'sftp.example.com') {
  const coupa = { ...(instance === undefined ? {} : { instance }), productionHosts }
  return CONFIG_SHAPE.parse({ coupa, server: { host, username: 'u' } })
}

describe('a configuration for a test instance', () => {
  it.each([
    ['the host', ['sftp.example.com'], 'sftp.example.com'],
    ['the host in other letters', ['SFTP.Example.COM'], 'sftp.example.COM'],
    ['a pattern', ['*.example.com'], 'sftp.example.com'],
    ['one of several', ['a', 'b', 'sftp.example.com'], 'sftp.example.com'],
    ['the fingerprint of its key', [FINGERPRINT], 'sftp.example.com'],
  ])('is refused where production is listed by %s', async (_title, hosts, host) => {
    const { code, details } = await caught(() => refuseProduction(configOf('test', hosts, host), [FINGERPRINT]))
    expect({ code, host: details['host'] }).toEqual({ code: 'SERVER_IS_PRODUCTION', host })
  })

  it.each([
    ['other hosts', ['sftp.example.org', '*.example.com.evil.example']],
    ['the key of another server', [`SHA256:${'B'.repeat(43)}`]],
    ['nothing', []],
  ])('passes where production is listed with %s', (_title, hosts) => {
    expect(() => refuseProduction(configOf('test', hosts), [FINGERPRINT])).not.toThrow()
  })
})

describe('a configuration for production, or one that does not say', () => {
  it.each(['production', undefined])('%s passes everywhere', (instance) => {
    expect(() => refuseProduction(configOf(instance, ['*']), [])).not.toThrow()
  })
})
