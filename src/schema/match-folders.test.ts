import { describe, expect, it } from '@jest/globals'
import { listSchemas } from './list-schemas.ts'
import { matchFolders, soundsAlike } from './match-folders.ts'

const imports = listSchemas().filter(({ direction }) => direction === 'import')

const match = (...folders: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(matchFolders(folders, imports).map(({ object, folders: found }) => [object, found]))

describe('matchFolders', () => {
  it.each([
    ['/Incoming/Users', 'users'],
    ['/Incoming/users', 'users'],
    ['/Incoming/User', 'users'],
    ['/Incoming/Commodities', 'commodities'],
    ['/Incoming/Commodity', 'commodities'],
    ['/Incoming/BudgetLineAdjustment', 'budget-line-adjustments'],
    ['/Incoming/BudgetLineAdjustments', 'budget-line-adjustments'],
    ['/Incoming/RemitToAddressess', 'remit-to-addresses'],
    ['/Incoming/RemitToAddresses', 'remit-to-addresses'],
    ['/Incoming/RemittoAddress', 'remit-to-addresses'],
    ['/Incoming/Content_Groups', 'content-groups'],
    ['/Incoming/ExchangeRate', 'exchange-rates'],
  ])('takes %s for the folder of %s', (folder, object) => {
    expect(match(folder)[object]).toEqual([folder])
  })

  it('gives a folder to every object that is documented to have it', () => {
    expect(Object.keys(match('/Incoming/Commodity'))).toEqual(['commodities', 'commodity-translations'])
  })

  it('takes the documented spelling where several are there', () => {
    const folders = ['/Incoming/commodity', '/Incoming/Commodities', '/Incoming/Commodity']
    expect(match(...folders)['commodities']).toEqual(['/Incoming/Commodity'])
    expect(match(...folders.slice(0, 2))['commodities']).toEqual(['/Incoming/commodity'])
  })

  it('names all where none is nearer', () => {
    const folders = ['/Incoming/Usr', '/Incoming/Userss', '/Incoming/User']
    expect(match(...folders)['users']).toEqual(['/Incoming/Userss', '/Incoming/User'])
  })

  it('says whether the folder is spelled as documented', () => {
    expect(matchFolders(['/Incoming/Users', '/Incoming/item'], imports)).toEqual([
      { object: 'items', direction: 'import', folders: ['/Incoming/item'], isAsDocumented: false },
      { object: 'users', direction: 'import', folders: ['/Incoming/Users'], isAsDocumented: true },
    ])
  })

  it.each(['/Incoming/Archive', '/Incoming/Misc', '/Incoming/UserGroupsOld', '/Incoming/'])(
    'leaves %s alone',
    (folder) => {
      expect(match(folder)).toEqual({})
    },
  )

  it('gives the documented folder of an object to no other object', () => {
    for (const { folder } of imports) {
      if (folder === undefined) continue
      const rightful = imports.filter((summary) => summary.folder === folder).map(({ object }) => object)
      const wrongful = matchFolders([folder], imports).filter(
        ({ object, isAsDocumented }) => !isAsDocumented && !rightful.includes(object),
      )
      expect([folder, wrongful.map(({ object }) => object)]).toEqual([folder, []])
    }
  })
})

describe('soundsAlike', () => {
  it.each([
    ['Taxes', 'tax'],
    ['Companies', 'company'],
    ['Addressess', 'Addresses'],
  ])('takes %s for %s', (one, other) => {
    expect(soundsAlike(one, other)).toBe(true)
  })

  it.each([
    ['users', 'user groups'],
    ['', ''],
    ['tax code', 'tax rate'],
  ])('tells %j from %j', (one, other) => {
    expect(soundsAlike(one, other)).toBe(false)
  })
})
