import { expect, it } from '@jest/globals'
import { DEFAULT_CONNECTIONS, MOST_CONNECTIONS } from '../../transfer/index.ts'
import { CONFIG_SHAPE } from './config-shape.ts'

const parse = (connections?: number) =>
  CONFIG_SHAPE.safeParse({
    server: { host: 'h', username: 'u', ...(connections === undefined ? {} : { connections }) },
  })

it('server.connections has the default and the bounds of the budget', () => {
  expect(parse().data?.server?.connections).toBe(DEFAULT_CONNECTIONS)
  expect([0, 1, MOST_CONNECTIONS, MOST_CONNECTIONS + 1, 1.5].map((count) => parse(count).success)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})
