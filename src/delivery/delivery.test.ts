import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import { type DeliveryBench, INCOMING, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { csvOf, loginsOf, usersCsv } from '../../test/support/users-csv.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench()
})

afterEach(() => bench.close())

describe('a dropped file', () => {
  it('without errors is accepted, placed, and taken when the receiver has moved it', async () => {
    const delivery = bench.restart()
    bench.drop('hr.csv', usersCsv(3))
    await bench.takeIn(delivery)
    await delivery.place()
    expect(await bench.files()).toMatchObject([{ name: 'hr.csv', state: 'placed', rows: 3 }])
    expect(bench.remote()).toEqual({ 'users_20261120_040005Z_0001.csv': usersCsv(3) })
    bench.receive()
    expect(await delivery.confirm()).toEqual([])
    expect(await bench.files()).toMatchObject([{ state: 'taken' }])
    expect(await bench.parts()).toMatchObject([{ state: 'taken', evidence: expect.stringContaining('/Archive/') }])
    expect(bench.names()).toEqual([])
    expect(bench.names('accepted')).toEqual(['hr.csv', 'hr.csv.report.txt'])
    expect(bench.text('accepted/hr.csv.report.txt')).toContain('taken: seen at /Incoming/Archive/Users/users_')
  })

  it('with errors is rejected with a report and a table, and nothing of it is sent', async () => {
    const delivery = bench.restart()
    bench.drop('hr.csv', usersCsv(2).replace('"active"', '"actve"'))
    await bench.takeIn(delivery)
    await delivery.place()
    expect(await bench.files()).toMatchObject([{ state: 'rejected', findings: { error: 1 } }])
    expect(bench.remote()).toEqual({})
    expect(bench.names('accepted')).toEqual([])
    expect(bench.names('rejected')).toEqual(['hr.csv', 'hr.csv.report.csv', 'hr.csv.report.txt'])
    expect(bench.text('rejected/hr.csv.report.txt')).toContain('was NOT sent to Coupa: it has 1 error')
  })

  it('of another kind is rejected with a sentence', async () => {
    bench.drop('hr.xlsx', 'PK')
    await bench.takeIn(bench.restart())
    expect(await bench.files()).toMatchObject([{ state: 'rejected' }])
    expect(bench.text('rejected/hr.xlsx.report.txt')).toContain('neither a .csv nor a .zip')
  })

  it('beyond the limits is cut into parts that are named and placed in the order of its rows', async () => {
    const delivery = bench.restart()
    bench.drop('hr.csv', usersCsv(5001))
    await bench.takeIn(delivery)
    await delivery.place()
    const sent = bench.remote()
    expect(Object.keys(sent)).toEqual(['users_20261120_040005Z_0001.csv', 'users_20261120_040005Z_0002.csv'])
    expect(loginsOf(...Object.values(sent))).toEqual(loginsOf(usersCsv(5001)))
    expect(await bench.parts()).toMatchObject([
      { firstRow: 1, lastRow: 5000, rows: 5000 },
      { firstRow: 5001, lastRow: 5001, rows: 1 },
    ])
  })

  it('without bytes is rejected, and one with nothing but a header ends as empty', async () => {
    const delivery = bench.restart()
    bench.drop('none.csv', '')
    bench.drop('header.csv', usersCsv(0))
    await bench.takeIn(delivery)
    await delivery.place()
    const states = (await bench.files()).map(({ name, state }) => [name, state])
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        ['none.csv', 'rejected'],
        ['header.csv', 'empty'],
      ]),
    )
    expect(bench.remote()).toEqual({})
    expect(bench.text('accepted/header.csv.report.txt')).toContain(
      'NOT sent to Coupa: the file has a header and no rows',
    )
  })

  it('with a column that Coupa does not know is sent without it, and its report says so', async () => {
    const [header = '', ...rows] = usersCsv(2).split('\r\n')
    const text = [`${header},"Shoe Size"`, ...rows.slice(0, -1).map((row) => `${row},"42"`), ''].join('\r\n')
    const delivery = bench.restart()
    bench.drop('hr.csv', text)
    await bench.takeIn(delivery)
    await delivery.place()
    expect(Object.values(bench.remote())).toEqual([usersCsv(2)])
    expect(bench.text('accepted/hr.csv.report.txt')).toContain('Note: column "Shoe Size" is left out')
  })
})

describe('a foreign file', () => {
  it('is read in its dialect and mapped, and its report counts the rows and columns of what is sent', async () => {
    const flow = {
      ...bench.flow,
      dialect: { delimiter: ';', quote: '"', encoding: 'windows-1252' },
      map: {
        Login: 'Benutzer',
        Status: 'Zustand',
        'Purchasing User': 'Einkauf',
        'Expense User': 'Spesen',
        Email: 'Mail',
        'First Name': 'Vorname',
        'Last Name': 'Nachname',
      },
    }
    const delivery = bench.restart({}, flow)
    const text =
      'Benutzer;Zustand;Einkauf;Spesen;Mail;Vorname;Nachname;Rest\nuser.1;active;Yes;No;a@example.com;J\u00fcrgen;"Gro\u00df; Dr";x\n'
    bench.drop('hr.csv', Buffer.from(text, 'latin1'))
    await bench.takeIn(delivery)
    await delivery.place()
    const columns = ['Login', 'Status', 'Purchasing User', 'Expense User', 'Email', 'First Name', 'Last Name']
    const row = ['user.1', 'active', 'Yes', 'No', 'a@example.com', 'J\u00fcrgen', 'Gro\u00df; Dr']
    expect(Object.values(bench.remote())).toEqual([csvOf([columns, row])])
    expect(bench.text('accepted/hr.csv.report.txt')).toContain('Note: column "Rest" is left out')
  })
})

describe('an archive', () => {
  const zipOf = (files: Readonly<Record<string, string>>): Buffer => {
    const zip = new AdmZip()
    for (const [name, text] of Object.entries(files)) zip.addFile(name, Buffer.from(text))
    return zip.toBuffer()
  }

  it('is taken apart: good members are sent in order, bad ones rejected, and a report beside it tells of all', async () => {
    const delivery = bench.restart()
    const bad = usersCsv(1, 50).replace('"active"', '"actve"')
    bench.drop(
      'all.zip',
      zipOf({ 'a/users.csv': usersCsv(2), 'b/users.csv': usersCsv(2, 10), 'c.csv': bad, '.DS_Store': 'x' }),
    )
    await bench.takeIn(delivery)
    await delivery.place()
    expect(Object.values(bench.remote())).toEqual([usersCsv(2), usersCsv(2, 10)])
    expect(bench.names('rejected')).toEqual(['c.csv', 'c.csv.report.csv', 'c.csv.report.txt'])
    expect(bench.names('accepted')).toEqual(['all.zip', 'all.zip.report.txt'])
    const report = bench.text('accepted/all.zip.report.txt')
    expect(report).toContain('a/users.csv: placed')
    expect(report).toContain('b/users.csv: placed')
    expect(report).toContain('c.csv: rejected (1 finding of level error)')
    bench.receive()
    await delivery.confirm()
    expect(bench.text('accepted/all.zip.report.txt')).toContain('a/users.csv: taken')
  })

  it('is placed before what was dropped after it', async () => {
    const delivery = bench.restart()
    bench.drop('1.zip', zipOf({ 'one.csv': usersCsv(1, 1), 'two.csv': usersCsv(1, 2) }))
    await delivery.takeIn()
    bench.clock.advance(1)
    bench.drop('2.csv', usersCsv(1, 3))
    await bench.takeIn(delivery)
    await delivery.place()
    expect(loginsOf(...Object.values(bench.remote()))).toEqual(['user.1', 'user.2', 'user.3'])
  })

  it.each([
    ['with something else in it', { 'users.csv': usersCsv(1), 'readme.txt': 'x' }, 'only .csv files'],
    ['with nothing in it', { '.DS_Store': 'x' }, 'there is no .csv file'],
  ])('%s is rejected as a whole', async (_name, files, reason) => {
    bench.drop('all.zip', zipOf(files))
    await bench.takeIn(bench.restart())
    expect(await bench.files()).toMatchObject([{ name: 'all.zip', state: 'rejected' }])
    expect(bench.text('rejected/all.zip.report.txt')).toContain(reason)
  })
})

describe('names', () => {
  it('sort in load order although the clock was set back', async () => {
    const delivery = bench.restart()
    bench.drop('1.csv', usersCsv(1, 1))
    await bench.takeIn(delivery)
    bench.clock.advance(-3_600_000)
    bench.drop('2.csv', usersCsv(1, 2))
    await bench.takeIn(bench.restart())
    await delivery.place()
    expect(Object.keys(bench.remote())).toEqual(['users_20261120_040005Z_0001.csv', 'users_20261120_040005Z_0002.csv'])
    expect(loginsOf(...Object.values(bench.remote()))).toEqual(['user.1', 'user.2'])
  })
})

describe('a file that is sent by hand', () => {
  it('stays where it is, and a copy with its report lies among the accepted ones', async () => {
    const delivery = bench.restart()
    const path = bench.drop('elsewhere/hr.csv', usersCsv(2))
    await delivery.takeInCopy({ path, name: 'hr.csv' })
    await delivery.takeIn()
    await delivery.place()
    expect(bench.text('elsewhere/hr.csv')).toBe(usersCsv(2))
    expect(bench.text('accepted/hr.csv')).toBe(usersCsv(2))
    expect(bench.text('accepted/hr.csv.report.txt')).toContain(`placed: seen at ${INCOMING}/users_`)
  })
})
