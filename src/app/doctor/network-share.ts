import { statfs } from 'node:fs/promises'

/**
 * File systems that other machines serve, by the number that Linux gives for each.
 *
 * Source: statfs(2), "f_type"; linux/magic.h. FUSE may be a local disk too, which cannot be told apart.
 */
const SHARES: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x65735546: 'FUSE',
  0x01021997: '9p',
  0x5346414f: 'AFS',
  0x6b414653: 'AFS',
  0x00c36400: 'Ceph',
  0x73757245: 'Coda',
  0x564c: 'NCP',
  0x47504653: 'GPFS',
  0x0bd00bd0: 'Lustre',
  0x786f4256: 'VirtualBox shared folder',
  0xbacbacbc: 'VMware shared folder',
}

/**
 * What kind of network share a folder lies on; `undefined` on a local disk, and wherever the system does not tell: only
 * Linux gives each kind a number.
 */
export async function findNetworkShare(folder: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  return shareOfType((await statfs(folder)).type)
}

/** The kind of share by the number of a file system. The system may give it with a sign. */
export function shareOfType(type: number): string | undefined {
  return SHARES[type >>> 0]
}
