import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { GatewayError } from './gateway-error.ts'
import { asGatewayError } from './system-error.ts'

const failure = (path: string): Promise<unknown> =>
  readFile(path).then(
    () => undefined,
    (error: unknown) => error,
  )

describe('an error of the operating system', () => {
  it('becomes one that names the place and the code', async () => {
    const path = join(tmpdir(), 'flatgate-none')
    const cause = await failure(path)
    const details = { path, system: 'ENOENT', call: 'open' }
    expect(asGatewayError(cause)).toMatchObject({ code: 'FILE_UNREADABLE', details, cause })
    expect(asGatewayError(cause, '/other')).toMatchObject({ details: { path: '/other' } })
  })

  it('without a place says so', () => {
    const error = Object.assign(new Error('x'), { code: 'EIO', syscall: 'read' })
    expect(asGatewayError(error)).toMatchObject({ code: 'FILE_UNREADABLE', details: { path: 'unknown' } })
  })

  it('about a full disk is that', () => {
    const error = Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write', path: '/a' })
    expect(asGatewayError(error)).toMatchObject({ code: 'DISK_FULL', details: { path: '/a' } })
  })

  it.each([new GatewayError('USAGE'), new TypeError('x'), { code: 'ENOENT' }, { code: 5, syscall: 'x' }, 'x', null])(
    'is none of this: %s',
    (error) => expect(asGatewayError(error)).toBe(error),
  )
})
