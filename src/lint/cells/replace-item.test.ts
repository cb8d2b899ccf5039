import { describe, expect, it } from '@jest/globals'
import { loadSchema, parseRelease, selectSchema } from '../../schema/index.ts'
import { replaceItem } from './replace-item.ts'

const { records } = selectSchema(loadSchema('users', 'import'), { release: parseRelease('2026'), customFields: [] })
const [plain] = records[0]?.columns ?? []
if (!plain) throw new Error('users have columns')

describe('replaceItem', () => {
  it('changes that value only and keeps blanks and separators', () => {
    const column = { ...plain, list: { separator: ',' } }
    expect(replaceItem('ab, b,b ,abc', column, 'b', 'B$&')).toBe('ab, B$&,B$& ,abc')
  })
  it('takes separators of several characters, and any where none is stated', () => {
    expect(replaceItem('a || b', { ...plain, list: { separator: '||' } }, 'b', 'B')).toBe('a || B')
    expect(replaceItem('a;b|c', { ...plain, isMultiple: true }, 'b', 'B')).toBe('a;B|c')
  })
  it('leaves quoted values to people', () => {
    expect(replaceItem('a "b c"', { ...plain, list: { separator: ' ', itemQuote: '"' } }, 'a', 'A')).toBeUndefined()
  })
})
