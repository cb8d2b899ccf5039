import { describe, expect, it } from '@jest/globals'
import type { JsonReport } from '../src/lint/index.ts'
import { lint } from '../src/library/index.ts'
import { openLedger } from '../src/ledger/index.ts'
import { jsonOf, runCli } from './support/run-cli.ts'
import { useSandboxGateway } from './support/sandbox-gateway.ts'
import { useTempFolder } from './support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const HEADER = '"Name","Supplier Number","Status"\r\n'
const SENT = `${HEADER}"Acme","00123","active"\r\n"Bolt","00124","active"\r\n`
const NEXT = `${HEADER}"Acme","123","active"\r\n"Bolt","00124","active"\r\n`

const cli = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })

/** Sends suppliers through the sandbox, which takes them, and asks what became of them. */
async function send(): Promise<void> {
  gateway.configure('  suppliers: { object: suppliers }\n')
  folder.write('inbound/suppliers/erp.csv', SENT)
  await cli('run')
  await gateway.sandbox.loader.cycle()
  await cli('run')
}

/** The rows of the one file of a report, and the codes of its findings. */
function reportOf(result: Awaited<ReturnType<typeof runCli>>): readonly [rows: number, codes: readonly string[]] {
  const [file] = (jsonOf(result) as JsonReport).files
  return [file?.rows ?? 0, (file?.findings ?? []).map(({ code }) => code)]
}

const codesOf = (result: Awaited<ReturnType<typeof runCli>>): readonly string[] => reportOf(result)[1]

describe('flatgate lint beside a ledger', () => {
  it('knows what Coupa took, says so in one line, and mends lost zeros by it', async () => {
    await send()
    folder.write('suppliers.csv', NEXT)
    const result = await cli('lint', 'suppliers.csv', '--json')
    expect(result.err).toEqual([
      expect.stringMatching(/^memory: what sftp:\/\/\S+ took before; --no-memory leaves it out$/),
    ])
    expect(codesOf(result)).toEqual(['K106'])
    const diff = await cli('lint', 'suppliers.csv', '--unsafe-fixes', '--diff')
    expect(diff.out.join('\n')).toContain('+"Acme","00123","active"')
    const fixed = await cli('lint', 'suppliers.csv', '--unsafe-fixes', '--json')
    expect([fixed.exit, codesOf(fixed)]).toEqual([0, []])
  })

  it('leaves that out when it is told to, and where nothing was taken yet', async () => {
    gateway.configure('  suppliers: { object: suppliers }\n')
    folder.write('suppliers.csv', NEXT)
    await cli('status')
    expect(await cli('lint', 'suppliers.csv', '--json')).toMatchObject({ exit: 0, err: [] })
    await send()
    const result = await cli('lint', 'suppliers.csv', '--no-memory', '--json')
    expect([result.err, codesOf(result)]).toEqual([[], []])
  })

  it('reads the head of standard input once, and lints all of it', async () => {
    await send()
    const words = ['lint', '-', '--stdin-filename', 'suppliers.csv', '--json']
    const result = await runCli(words, { folder: folder.path, input: NEXT })
    expect(reportOf(result)).toEqual([2, ['K106']])
  })

  it('lints all the same where the ledger is of another version, and says why it knows nothing', async () => {
    await send()
    const path = folder.at('.flatgate/ledger.sqlite')
    const ledger = await openLedger(path)
    await ledger.close()
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(path)
    database.exec('pragma user_version = 1')
    database.close()
    folder.write('suppliers.csv', NEXT)
    const result = await cli('lint', 'suppliers.csv', '--json')
    expect(result.err).toEqual([expect.stringMatching(/^memory: not used, LEDGER_OLDER/)])
    expect([result.exit, codesOf(result)]).toEqual([0, []])
  })

  it('knows addresses as a whole, whatever columns a later file has', async () => {
    const header = '"Name","Location Code","Active","Line 1","City","Postal Code","Country Code"\r\n'
    gateway.configure('  addresses: { object: addresses }\n')
    folder.write(
      'inbound/addresses/erp.csv',
      `${header}"Depot","","No","Dock Road 1","Leipzig","04109","DE"\r\n"Store","S1","No","Dock Road 2","Leipzig","04109","DE"\r\n`,
    )
    await cli('run')
    await gateway.sandbox.loader.cycle()
    await cli('run')
    folder.write(
      'addresses.csv',
      `${header}"Depot","","Yes","Dock Road 1","Leipzig","04109","DE"\r\n"Depot","","No","Dock Road 1","Leipzig","4109","DE"\r\n"Store","S1","Yes","Dock Road 2","Leipzig","04109","DE"\r\n`,
    )
    const result = await cli('lint', 'addresses.csv', '--select', 'K106,K108', '--json')
    expect(reportOf(result)).toEqual([3, ['K108', 'K106', 'K108']])
  })

  it('is there for programs too, of a path and of a stream', async () => {
    await send()
    const path = folder.write('suppliers.csv', NEXT)
    const options = { object: 'suppliers', memoryOf: folder.at('flatgate.yaml') } as const
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (const letter of NEXT) yield Buffer.from(letter)
    }
    for (const source of [path, stream()]) {
      const { findings, rows } = await lint(source, options)
      expect([rows, findings.map(({ code }) => code)]).toEqual([2, ['K106']])
    }
  })
})
