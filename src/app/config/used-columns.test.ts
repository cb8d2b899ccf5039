import { describe, expect, it } from '@jest/globals'
import { CONFIG_SHAPE } from './config-shape.ts'
import { usedColumns } from './used-columns.ts'

const used = (config: object) => usedColumns(CONFIG_SHAPE.parse(config))

describe('usedColumns', () => {
  it('are those of the mapping and the custom fields', () => {
    const [users, ...others] = used({
      flows: { hr: { object: 'users', map: { Login: 'id', e_mail: 'mail', Email: 'mail' } } },
      coupa: { customFields: { users: [{ name: 'Badge' }], items: [{ name: 'Bin' }] } },
    })
    expect(others).toEqual([])
    expect(users).toMatchObject({ object: 'users', direction: 'import', flows: ['hr'], isWhole: false })
    expect(['Login', 'Email', 'badge', 'Status'].map((name) => users?.has(name))).toEqual([true, true, true, false])
  })

  it('are all where a flow takes files as they come', () => {
    const [users] = used({ flows: { a: { object: 'users', map: { Login: 'id' } }, b: { object: 'users', from: 'b' } } })
    expect(users).toMatchObject({ flows: ['a', 'b'], isWhole: true })
    expect(users?.has('Status')).toBe(true)
  })

  it('keeps the directions of an object apart', () => {
    const found = used({ flows: { a: { object: 'suppliers' }, b: { object: 'suppliers', direction: 'export' } } })
    expect(found.map(({ direction, flows }) => [direction, flows])).toEqual([
      ['import', ['a']],
      ['export', ['b']],
    ])
  })
})
