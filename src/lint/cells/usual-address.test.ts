import { describe, expect, it } from '@jest/globals'
import { array, assert, constantFrom, property } from 'fast-check'
import { isEmail } from './email-form.ts'
import { isUsualAddress } from './usual-address.ts'

function look(text: string): boolean {
  const bytes = Buffer.from(`"${text}"`)
  return isUsualAddress(bytes, 1, bytes.length - 1)
}

describe('the look at the bytes of an address', () => {
  it.each(['a@b.c', 'anna.b-c@mail.example.com', 'x_1+tag@a-b.org', '-a@b.c', 'a@b-c.d1'])('takes %s', (address) => {
    expect(look(address)).toBe(true)
  })
  it.each(['', '@', 'a@', '@b.c', 'a@b', 'a@b-c', 'a..b@c.d', '.a@b.c', 'a.@b.c', 'a@b..c', 'a@.b.c', 'a@b.c.'])(
    'leaves %j to the rule',
    (text) => {
      expect(look(text)).toBe(false)
    },
  )
  it.each(['a@b@c.d', 'a b@c.d', 'a@b c.d', 'a""b@c.d', 'ä@b.c', 'a@b_c.d'])('is not sure of %j', (text) => {
    expect(look(text)).toBe(false)
  })
  it('takes nothing that the rule would refuse', () => {
    const part = array(constantFrom('a', '1', '.', '-', '_', ' ', '"', 'ab', '1.a', 'a-b.c'), {
      minLength: 1,
      maxLength: 3,
    })
    let taken = 0
    assert(
      property(part, part, (name, domain) => {
        const text = `${name.join('')}@${domain.join('')}`
        if (!look(text)) return
        taken += 1
        expect(isEmail(text)).toBe(true)
      }),
      { numRuns: 20_000, seed: 7 },
    )
    expect(taken).toBeGreaterThan(50)
  })
})
