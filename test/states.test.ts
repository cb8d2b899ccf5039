import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { StateTable } from '../src/base/index.ts'
import { CONFIG_SHAPE } from '../src/app/config/config-shape.ts'
import { EXPORT_TABLE } from '../src/collection/index.ts'
import { FILE_TABLE, PART_TABLE } from '../src/delivery/index.ts'
import { FILE_ENDS, PART_ENDS } from '../src/ledger/end-states.ts'

const TABLES: readonly (readonly [name: string, table: StateTable<string>])[] = [
  ['files', FILE_TABLE],
  ['parts', PART_TABLE],
  ['exports', EXPORT_TABLE],
]

/** The only files that may write a state down; each asks the table first. */
const WRITERS = ['delivery/change-part.ts', 'delivery/record-parts.ts', 'ledger/write-file-step.ts']

/** Timers that are no settings. */
const OWN_TIMERS = ['next pass', 'every pass names it']

describe.each(TABLES)('the table of %s', (_name, { births, states }) => {
  const names = Object.keys(states)

  it('has for every state an end, or an owner, a timer and a way on', () => {
    for (const name of names) {
      const { owner, timers, next } = states[name] ?? {}
      const isEnd = owner === 'nobody'
      expect([name, timers?.length === 0, next?.length === 0]).toEqual([name, isEnd, isEnd])
    }
  })

  it('reaches every state from a beginning, and an end from every state', () => {
    const reached = new Set(births.map(({ to }) => to))
    for (const name of reached) for (const { to } of states[name]?.next ?? []) reached.add(to)
    expect([...reached].toSorted()).toEqual(names.toSorted())
    const ending = new Set(names.filter((name) => states[name]?.owner === 'nobody'))
    for (let before = 0; before < ending.size;) {
      before = ending.size
      for (const name of names) if (states[name]?.next.some(({ to }) => ending.has(to))) ending.add(name)
    }
    expect([...ending].toSorted()).toEqual(names.toSorted())
  })

  it('says of every way what happens and what must be known', () => {
    for (const { event, evidence } of [...births, ...names.flatMap((name) => states[name]?.next ?? [])]) {
      expect([event, evidence]).toEqual([expect.stringMatching(/\S+ \S+/), expect.stringMatching(/\S/)])
    }
  })

  it('names timers that are settings of the configuration, or passes', () => {
    const settings = CONFIG_SHAPE.parse({ server: { host: 'h', username: 'u' } })
    for (const timer of names.flatMap((name) => states[name]?.timers ?? [])) {
      const [group = '', setting = ''] = timer.split('.')
      const known: unknown = (settings as Readonly<Record<string, unknown>>)[group]
      expect([timer, OWN_TIMERS.includes(timer) || Object.hasOwn(known ?? {}, setting)]).toEqual([timer, true])
    }
  })
})

describe('the tables and the ledger', () => {
  it('know the same states of files, and the same ends', () => {
    const own: Readonly<Record<string, boolean>> = FILE_ENDS
    const states = { ...EXPORT_TABLE.states, ...FILE_TABLE.states }
    expect(Object.keys(states).toSorted()).toEqual(Object.keys(FILE_ENDS).toSorted())
    for (const { states: table } of [FILE_TABLE, EXPORT_TABLE] as readonly StateTable<string>[])
      for (const [name, { owner }] of Object.entries(table))
        expect([name, owner === 'nobody']).toEqual([name, own[name]])
  })

  it('know the same states of parts, and the same ends', () => {
    const ends = Object.entries(PART_TABLE.states).map(([name, { owner }]) => [name, owner === 'nobody'])
    expect(Object.fromEntries(ends)).toEqual(PART_ENDS)
  })

  it('meet at every change of a state: nothing else in the source writes one down', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    const writing = files.filter(
      (name) =>
        /(?<!\.test)\.ts$/.test(name) &&
        /\.(?:insertFile|updateFile|updateEachFile|insertPart|updateEachPart)\(/.test(
          readFileSync(join('src', name), 'utf8'),
        ),
    )
    expect(writing.toSorted()).toEqual(WRITERS)
    for (const name of writing) expect(readFileSync(join('src', name), 'utf8')).toContain('checkTransition(')
  })
})
