import { describe, expect, it } from '@jest/globals'
import { checkTransition, type StateTable } from './state-table.ts'

const LAMP: StateTable<'off' | 'on'> = {
  kind: 'lamp',
  births: [{ to: 'off', event: 'it is bought', evidence: 'a bill', needs: ['bill'] }],
  states: {
    off: {
      meaning: 'dark',
      owner: 'person',
      timers: ['evening'],
      next: [
        { to: 'on', event: 'the switch is pressed', evidence: 'who, and when', needs: ['who', 'at'] },
        { to: 'on', event: 'it dawns upon it', evidence: 'the sensor', needs: ['sensor'] },
      ],
    },
    on: {
      meaning: 'bright',
      owner: 'person',
      timers: ['morning'],
      next: [{ to: 'off', step: 'broken', event: 'it breaks', evidence: 'none', needs: [] }],
    },
  },
}
const at = new Date(0)

describe('checkTransition', () => {
  it.each([
    ['a birth with its evidence', { to: 'off', step: 'off', carries: { bill: 'no. 7' } }],
    ['a way with all of its evidence', { from: 'off', to: 'on', step: 'on', carries: { who: 'Ada', at } }],
    ['another way to the same state', { from: 'off', to: 'on', step: 'on', carries: { sensor: 0 } }],
    ['a way that is told by its step', { from: 'on', to: 'off', step: 'broken', carries: {} }],
  ])('lets %s pass', (_title, step) => {
    expect(() => checkTransition(LAMP, { id: '1', ...step })).not.toThrow()
  })

  it.each([
    [
      'a way that is not there',
      { from: 'on', to: 'on', step: 'on', carries: {} },
      /lamp 1: on → on .*not in the table/,
    ],
    [
      'a step of another name',
      { from: 'on', to: 'off', step: 'off', carries: {} },
      /by step “off” is not in the table/,
    ],
    ['a state that nobody knows', { from: 'dim', to: 'on', step: 'on', carries: {} }, /dim → on/],
    ['a birth into another state', { to: 'on', step: 'on', carries: {} }, /nothing → on/],
    [
      'half of the evidence',
      { from: 'off', to: 'on', step: 'on', carries: { who: 'Ada', at: undefined } },
      /lacks its evidence \(who and at, or sensor\)/,
    ],
    ['an empty word as evidence', { to: 'off', step: 'off', carries: { bill: '' } }, /lacks its evidence \(bill\)/],
  ])('refuses %s', (_title, step, said) => {
    expect(() => checkTransition(LAMP, { id: '1', ...step })).toThrow(said)
  })
})
