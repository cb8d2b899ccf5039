import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { createCoupaTree, incomingFolders } from './coupa-tree.ts'

it('has a folder for every object that travels over SFTP, and both archives', () => {
  const root = mkdtempSync(join(tmpdir(), 'flatgate-tree-'))
  createCoupaTree(root)
  createCoupaTree(root)
  const folders = new Set(readdirSync(root, { recursive: true, encoding: 'utf8' }))
  rmSync(root, { recursive: true })
  for (const style of ['incoming-archive', 'archive-incoming'] as const) {
    for (const { path, archive } of incomingFolders(style)) {
      expect([path, archive].filter((folder) => !folders.has(folder.slice(1)))).toEqual([])
    }
  }
  expect(folders.has('Outgoing/Invoices')).toBe(true)
})

it('knows what shares a folder, and leaves out what has none', () => {
  const folders = incomingFolders('archive-incoming')
  expect(folders.find(({ path }) => path === '/Incoming/Commodity')).toEqual({
    path: '/Incoming/Commodity',
    archive: '/Archive/Incoming/Commodity',
    objects: ['commodities', 'commodity-translations'],
  })
  expect(folders.flatMap(({ objects }) => objects)).not.toContain('tax-code-rules')
})

it('keeps an archive that Coupa spells otherwise than the folder', () => {
  expect(incomingFolders().find(({ path }) => path === '/Incoming/BudgetLineAdjustments')?.archive).toBe(
    '/Incoming/Archive/BudgetLineAdjustment',
  )
})
