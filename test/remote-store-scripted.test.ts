import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describeRemoteStore } from './contract/remote-store.ts'
import { openScriptedBench } from './servers/scripted-store.ts'

// The server of the faults must be a good one as long as nothing is scripted, or its faults would prove nothing.
describeRemoteStore('the scripted server', async () => {
  const bench = openScriptedBench()
  const { open } = await bench.start()
  return {
    store: await open(),
    folder: '/in',
    makeFolder: (path) => mkdir(join(bench.root, path)).then(() => undefined),
    clear: () => bench.clear(),
  }
})
