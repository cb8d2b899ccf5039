import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { machineMark } from '../../src/app/lease-owner.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.ts'
import { runFlatgate } from '../support/real-process.ts'
import { USERS } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'

const folder = useTempFolder()
const FILES = 6
let server: OpenSshServer
beforeAll(async () => {
  server = await startOpenSsh()
})
afterAll(() => server.stop())

it('two processes with two flows into one remote folder never place at the same time, and lose nothing', async () => {
  const incoming = join(server.root, 'Users')
  for (const path of [incoming, join(server.root, 'Archive')]) server.makeFolder(path)
  folder.write('key', server.privateKey, 0o600)
  for (const name of ['a', 'b']) {
    for (let nth = 0; nth < FILES; nth += 1) {
      folder.write(`inbound/${name}/${nth}.csv`, USERS.replaceAll('bob', `${name}${nth}`))
    }
    folder.write(
      `${name}.yaml`,
      `server: { host: ${server.host}, port: ${server.port}, username: ${server.username}, hostKey: "${server.fingerprint}", privateKey: "\${file:key}" }\n` +
        'pickUp: { settleSeconds: 0.01 }\n' +
        `flows: { ${name}: { object: users, from: inbound/${name}, to: "${incoming}", archives: ["${server.root}/Archive"], prefix: ${name} } }\n`,
    )
  }
  const run = (name: string): ReturnType<typeof runFlatgate> =>
    runFlatgate(['run', '--config', `${name}.yaml`, '--json'], { folder: folder.path })
  // As long as a process that runs places there, no other begins.
  const ledger = await openLedger(folder.at('.flatgate/ledger.sqlite'))
  const owner = `${machineMark()} ${process.pid} test`
  const until = new Date(Date.now() + 10 * 60_000)
  expect(await ledger.takeLease(`folder ${incoming}`, owner, new Date(), until)).toBe(true)
  expect(JSON.parse((await run('a')).out)).toMatchObject({
    flows: [{ failure: { code: 'FLOW_BUSY', message: expect.stringContaining(incoming) } }],
  })
  expect(readdirSync(incoming)).toEqual([])
  await ledger.releaseLease(`folder ${incoming}`, owner)
  await ledger.close()

  const ended = await Promise.all(['a', 'b'].map(run))
  // The one that comes second is told so, and has sent nothing yet; or it came late enough.
  for (const { exit, out } of ended) {
    const [flow] = (JSON.parse(out) as { flows: readonly { readonly failure?: { readonly code: string } }[] }).flows
    expect({ exit, code: flow?.failure?.code }).toEqual(
      exit === 0 ? { exit: 0, code: undefined } : { exit: 3, code: 'FLOW_BUSY' },
    )
  }
  expect(ended.some(({ exit }) => exit === 0)).toBe(true)
  for (const name of ['a', 'b']) expect((await run(name)).exit).toBe(0)

  const names = readdirSync(incoming).toSorted()
  expect(names).toHaveLength(2 * FILES)
  const texts = names.map((name) => readFileSync(join(incoming, name), 'utf8'))
  expect(new Set(texts).size).toBe(2 * FILES)
})
