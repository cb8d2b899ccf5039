import { describe, expect, it } from '@jest/globals'
import { serverLabel } from './server-label.ts'

describe('serverLabel', () => {
  it('names user, host and port, and no secret', () => {
    expect(serverLabel({ host: 'h', port: 22, username: 'u' })).toBe('sftp://u@h:22')
    expect(serverLabel(undefined)).toBe('no server')
  })
})
