import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { addCustomFields, customFieldsText } from './add-custom-fields.ts'
import { firstConfigText } from './config-text.ts'

const BADGE = { name: 'Badge No', required: true }
const BIN = { name: 'Bin', record: 'Invoice Line' }

describe('addCustomFields', () => {
  it('keeps comments and settings, and puts the fields where they belong', () => {
    const text = '# ours\ncoupa:\n  release: R35   # until May\n  # nothing here yet\nflows: {}   # later\n'
    const { text: after, added } = addCustomFields(text, 'users', [BADGE, BIN])
    expect(added).toEqual(['Badge No', 'Bin'])
    for (const comment of ['# ours', '# until May', '# nothing here yet', '# later']) expect(after).toContain(comment)
    expect(parse(after)).toEqual({ coupa: { release: 'R35', customFields: { users: [BADGE, BIN] } }, flows: {} })
  })

  it('adds to fields that are there, and leaves those of the same name alone', () => {
    const text = 'coupa:\n  customFields:\n    users:\n      - name: badge_no # theirs\n        type: integer\n'
    const { text: after, added } = addCustomFields(text, 'users', [BADGE, BIN])
    expect(added).toEqual(['Bin'])
    expect(after.startsWith(text)).toBe(true)
    expect(parse(after)).toEqual({ coupa: { customFields: { users: [{ name: 'badge_no', type: 'integer' }, BIN] } } })
  })

  it('takes a field of another record type for another field', () => {
    const text = 'coupa: { customFields: { invoices: [{ name: Bin }] } }\n'
    expect(addCustomFields(text, 'invoices', [BIN]).added).toEqual(['Bin'])
  })

  it('changes nothing where nothing is new', () => {
    const text = 'coupa: {customFields: {users: [  {name: Badge No}]}}'
    expect(addCustomFields(text, 'users', [BADGE])).toEqual({ text, added: [] })
  })

  it.each(['', '# only a comment\n', 'coupa:\n', 'coupa:\n  customFields:\n', 'coupa:\n  customFields:\n    users:\n'])(
    'begins what is not there: %j',
    (text) => {
      expect(parse(addCustomFields(text, 'users', [BADGE]).text)).toEqual({
        coupa: { customFields: { users: [BADGE] } },
      })
    },
  )

  it('extends the first configuration without losing a comment or a setting of it', () => {
    const text = firstConfigText({ host: 'sftp.example.com', username: 'acme', timeZone: 'UTC' })
    const { text: after } = addCustomFields(text, 'users', [BADGE])
    const comments = (one: string): readonly string[] => one.match(/#.*/g)?.map((comment) => comment.trim()) ?? []
    expect(comments(after)).toEqual(comments(text))
    const before = parse(text) as { coupa: object }
    expect(parse(after)).toEqual({ ...before, coupa: { ...before.coupa, customFields: { users: [BADGE] } } })
  })

  it.each([
    ['coupa: 7', 'coupa'],
    ['coupa: { customFields: [] }', 'coupa.customFields'],
    ['coupa: { customFields: { users: x } }', 'coupa.customFields.users'],
  ])('refuses %s, which has something else there', (text, place) => {
    expect(() => addCustomFields(text, 'users', [BADGE])).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', details: expect.objectContaining({ place }) }),
    )
  })

  it('refuses a text that is no YAML', () => {
    expect(() => addCustomFields('a: [', 'users', [BADGE])).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})

describe('customFieldsText', () => {
  it('is a part of a configuration', () => {
    expect(parse(customFieldsText('users', [BADGE]))).toEqual({ coupa: { customFields: { users: [BADGE] } } })
  })
})
