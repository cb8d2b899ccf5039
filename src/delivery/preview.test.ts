import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench()
})

afterEach(() => bench.close())

const preview = (name: string, content: string | Buffer) =>
  bench.restart().preview(bench.drop(`elsewhere/${name}`, content))

describe('a preview', () => {
  it('tells the parts that would be sent, and they are those that are sent', async () => {
    const [file] = await preview('hr.csv', usersCsv(5001))
    expect(file).toMatchObject({ name: 'hr.csv', outcome: 'sent', notices: [], report: { rows: 5001 } })
    const delivery = bench.restart()
    await delivery.takeInCopy({ path: join(bench.flow.dropFolder, 'elsewhere/hr.csv'), name: 'hr.csv' })
    await delivery.takeIn()
    const sent = (await bench.parts()).map(({ number, rows, sizeBytes }) => ({ number, rows, sizeBytes }))
    expect(file?.parts).toEqual(sent)
    expect(sent).toHaveLength(2)
  })

  it('records nothing, sends nothing, and leaves nothing on the disk', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('flatgate-preview-'))
    await preview('hr.csv', usersCsv(3))
    expect(await bench.files()).toEqual([])
    expect(bench.remote()).toEqual({})
    expect(readdirSync(join(bench.folder, 'state'))).not.toContain('store')
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('flatgate-preview-'))).toEqual(before)
  })

  it('tells what would be left out', async () => {
    const [header = '', row = ''] = usersCsv(1).split('\r\n')
    const [file] = await preview('hr.csv', `${header},"Shoe Size"\r\n${row},"42"\r\n`)
    expect(file).toMatchObject({
      outcome: 'sent',
      notices: [expect.stringContaining('column "Shoe Size" is left out')],
    })
  })

  it('tells what would be rejected, and why', async () => {
    const [file] = await preview('hr.csv', usersCsv(1).replace('"active"', '"actve"'))
    expect(file).toMatchObject({ outcome: 'rejected', parts: [], report: { counts: { error: 1 } } })
    expect(await preview('hr.xlsx', 'PK')).toMatchObject([
      { outcome: 'rejected', reason: expect.stringContaining('.csv') },
    ])
    expect(await preview('hr.zip', 'PK')).toMatchObject([
      { outcome: 'rejected', reason: expect.stringContaining('ZIP_') },
    ])
    expect(await preview('none.csv', usersCsv(0))).toMatchObject([{ outcome: 'empty', parts: [] }])
  })

  it('looks into an archive', async () => {
    const zip = new AdmZip()
    zip.addFile('a/users.csv', Buffer.from(usersCsv(1)))
    zip.addFile('b/users.csv', Buffer.from(usersCsv(1).replace('"active"', '"actve"')))
    expect(await preview('all.zip', zip.toBuffer())).toMatchObject([
      { name: 'a/users.csv', outcome: 'sent' },
      { name: 'b/users.csv', outcome: 'rejected' },
    ])
  })

  it('of a file that is not there says so', async () => {
    await expect(bench.restart().preview('/nowhere/hr.csv')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})
