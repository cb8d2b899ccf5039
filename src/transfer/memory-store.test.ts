import { describe, expect, it } from '@jest/globals'
import { bodyOf, describeRemoteStore } from '../../test/contract/remote-store.ts'
import { createMemoryDisk, createMemoryStore } from './memory-store.ts'

describeRemoteStore('the memory store', async () => {
  const disk = createMemoryDisk(['/Incoming/Users'])
  return {
    store: createMemoryStore(disk),
    folder: '/Incoming/Users',
    makeFolder: async (path) => void disk.folders.add(path),
    clear: async () => disk.files.clear(),
  }
})

describe('the memory store', () => {
  it('shows one session what another has put', async () => {
    const disk = createMemoryDisk(['/Incoming/Users'])
    const path = '/Incoming/Users/a.csv'
    await createMemoryStore(disk).publish(path, bodyOf('abc'), { stagingPath: `${path}.part` })
    expect(await createMemoryStore(disk).stat(path)).toMatchObject({ sizeBytes: 3 })
    expect(await createMemoryStore(disk).listFolders('/')).toEqual(['Incoming'])
  })
})
