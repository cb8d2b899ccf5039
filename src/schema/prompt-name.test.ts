import { describe, expect, it } from '@jest/globals'
import { checkPromptName } from './prompt-name.ts'

describe('checkPromptName', () => {
  it.each(['Cost Bearer', 'incoterm_location', 'Contract ID', 'Größe', 'Is it new?', '1'])('takes %j', (name) => {
    expect(checkPromptName(name)).toBeUndefined()
  })

  it.each([
    ['', /blank/],
    ['  ', /blank/],
    [' Cost', /starts or ends/],
    ['Cost, Bearer', /comma/],
    ['Cost: Bearer', /colon/],
    ['Cost-Bearer', /hyphen/],
    ['Cost "Bearer"', /quote/],
    ['Cost\nBearer', /line break/],
  ])('refuses %j and says why', (name, reason) => {
    expect(checkPromptName(name)).toMatch(reason)
  })
})
