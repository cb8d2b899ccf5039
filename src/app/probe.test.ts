import { describe, expect, it } from '@jest/globals'
import { createMemoryDisk, createMemoryStore } from '../transfer/index.ts'
import { probeTree } from './probe.ts'

const probe = (...folders: readonly string[]) => probeTree(createMemoryStore(createMemoryDisk(folders)))

describe('probeTree', () => {
  it('finds folders and archives however the instance spells them', async () => {
    const { folders } = await probe(
      '/Incoming/Users',
      '/Incoming/Commodities',
      '/Incoming/BudgetLineAdjustments',
      '/Incoming/RemitToAddressess',
      '/Incoming/Archive/Users',
      '/Incoming/Archive/BudgetLineAdjustment',
      '/Archive/Incoming/users',
      '/Archive/Incoming/Users',
      '/Outgoing/Invoice',
    )
    expect(folders).toEqual(
      expect.arrayContaining([
        {
          object: 'users',
          direction: 'import',
          folder: '/Incoming/Users',
          archives: ['/Incoming/Archive/Users', '/Archive/Incoming/Users'],
          isAsDocumented: true,
        },
        {
          object: 'commodities',
          direction: 'import',
          folder: '/Incoming/Commodities',
          archives: [],
          isAsDocumented: false,
        },
        {
          object: 'budget-line-adjustments',
          direction: 'import',
          folder: '/Incoming/BudgetLineAdjustments',
          archives: ['/Incoming/Archive/BudgetLineAdjustment'],
          isAsDocumented: true,
        },
        {
          object: 'remit-to-addresses',
          direction: 'import',
          folder: '/Incoming/RemitToAddressess',
          archives: [],
          isAsDocumented: false,
        },
        { object: 'invoices', direction: 'export', folder: '/Outgoing/Invoice', archives: [], isAsDocumented: false },
      ]),
    )
  })

  it('takes no archive for the folder of an object', async () => {
    const { folders, unknown } = await probe('/Incoming/Archive/Users', '/Outgoing')
    expect([folders, unknown]).toEqual([[], []])
  })

  it('guesses nothing where two folders fit, and says what fits no object', async () => {
    const { folders, ambiguous, unknown } = await probe('/Incoming/User', '/Incoming/Userss', '/Incoming/Our Own')
    expect(folders).toEqual([])
    expect(ambiguous).toEqual([
      { object: 'users', direction: 'import', folders: ['/Incoming/User', '/Incoming/Userss'] },
    ])
    expect(unknown).toEqual(['/Incoming/Our Own'])
  })

  it('says which roots are not there, and which objects cannot travel', async () => {
    const { missingRoots, refused } = await probe('/Incoming/Users')
    expect(missingRoots).toEqual(['/Outgoing', '/Incoming/Archive', '/Archive/Incoming'])
    expect(refused.map(({ object }) => object)).toContain('tax-code-rules')
  })

  it('passes on what is no missing folder', async () => {
    const store = createMemoryStore(createMemoryDisk(['/Incoming']))
    await store.close()
    await expect(probeTree(store)).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
  })
})
