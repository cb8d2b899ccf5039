import { execFileSync } from 'node:child_process'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { checkLedger } from '../../src/ledger/index.ts'
import { type ForgetfulDisk, openForgetfulDisk } from '../support/forgetful-disk.ts'
import { type RealProcess, runFlatgate, startFlatgate } from '../support/real-process.ts'
import { useSandboxGateway } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'
import { loginsOf, usersCsv } from '../support/users-csv.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)

let disk: ForgetfulDisk | undefined
let serving: RealProcess | undefined
afterEach(async () => {
  await serving?.kill()
  disk?.remove()
  disk = undefined
  serving = undefined
})

/** Behind which message of the log the power goes, loss for loss. */
const MOMENTS = ['accepted', 'prepared', 'placing', 'renaming', 'placed'] as const

const canMount = ((): boolean => {
  const probe = openForgetfulDisk()
  probe?.remove()
  return probe !== undefined
})()

/** As a careful program drops a file: it is on the disk, and so is its name. */
function drop(home: string, name: string, text: string): void {
  const drops = join(home, 'inbound/users')
  const file = openSync(join(drops, `${name}.tmp`), 'w')
  writeFileSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(join(drops, `${name}.tmp`), join(drops, name))
  const entries = openSync(drops, 'r')
  fsyncSync(entries)
  closeSync(entries)
}

function arrivedLogins(): readonly string[] {
  const folders = ['Incoming/Users', 'Incoming/Archive/Users'].map((path) => join(gateway.sandbox.root, path))
  const names = folders.flatMap((path) => readdirSync(path).map((name) => join(path, name)))
  return loginsOf(...names.filter((name) => name.endsWith('.csv')).map((name) => readFileSync(name, 'utf8')))
}

describe('a loss of power', () => {
  ;(canMount ? it : it.skip)('fault 3: loses and doubles no row, whatever was not flushed is gone', async () => {
    disk = openForgetfulDisk()
    const home = disk?.path ?? ''
    gateway.configure('  users: { object: users }\ncoupa: { maxRows: 4 }\n')
    const config = readFileSync(folder.at('flatgate.yaml'), 'utf8').replace(
      'pickUp: {',
      'pickUp: { minFreeMegabytes: 0,',
    )
    writeFileSync(join(home, 'flatgate.yaml'), config)
    writeFileSync(join(home, 'secret'), readFileSync(folder.at('secret')), { mode: 0o600 })
    mkdirSync(join(home, 'inbound/users'), { recursive: true })
    // What stood here before has long been flushed.
    expect((await runFlatgate(['status'], { folder: home })).exit).toBe(0)
    execFileSync('sync', ['--file-system', home])
    let files = 0
    for (const moment of MOMENTS) {
      serving = startFlatgate(['serve', '--verbose'], { folder: home })
      await serving.said(/"serving"/)
      for (let number = 0; number < 3; number += 1) drop(home, `f${(files += 1)}.csv`, usersCsv(9, 100 * files))
      await serving.said(new RegExp(`"message":"${moment}"`))
      await serving.kill()
      disk?.losePower()
      await gateway.sandbox.loader.cycle()
    }
    for (let pass = 0; pass < 3; pass += 1) {
      await runFlatgate(['run'], { folder: home })
      await gateway.sandbox.loader.cycle()
    }
    const expected = Array.from({ length: files }, (_, index) => loginsOf(usersCsv(9, 100 * (index + 1)))).flat()
    expect(arrivedLogins().toSorted()).toEqual(expected.toSorted())
    expect(gateway.sandbox.loads().filter(({ uploadErrorsCount }) => uploadErrorsCount > 0)).toEqual([])
    expect(readdirSync(join(home, 'inbound/users')).filter((name) => name.endsWith('.csv'))).toEqual([])
    expect((await checkLedger(join(home, '.flatgate/ledger.sqlite'))).findings).toEqual([])
    const { out } = await runFlatgate(['history', '--json'], { folder: home })
    expect((JSON.parse(out) as { files: { state: string }[] }).files.map(({ state }) => state)).toEqual(
      Array.from({ length: files }, () => 'taken'),
    )
  })
})
