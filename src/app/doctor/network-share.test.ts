import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { findNetworkShare, shareOfType } from './network-share.ts'

const folder = useTempFolder()

describe('shareOfType', () => {
  it.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    // The same number with a sign, as a 32-bit system may give it.
    [0xff534d42 - 2 ** 32, 'CIFS'],
    [0x01021997, '9p'],
    [0x65735546, 'FUSE'],
  ])('knows %i as %s', (type, share) => expect(shareOfType(type)).toBe(share))

  it.each([
    ['ext4', 0xef53],
    ['xfs', 0x58465342],
    ['btrfs', 0x9123683e],
    ['tmpfs', 0x01021994],
    ['overlay', 0x794c7630],
  ])('knows %s as a disk of this machine', (_name, type) => expect(shareOfType(type)).toBeUndefined())
})

describe('findNetworkShare', () => {
  it('asks the system, and finds none for a folder of this machine', async () => {
    expect(await findNetworkShare(folder.path)).toBeUndefined()
  })

  it('fails for a folder that there is not', async () => {
    await expect(findNetworkShare(folder.at('none'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
