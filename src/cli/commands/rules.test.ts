import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { RULES } from '../../lint/index.ts'

describe('flatgate rules', () => {
  it('lists every rule with its severity', async () => {
    const { exit, out } = await runCli(['rules'], { folder: '/' })
    expect(exit).toBe(0)
    expect(out.map((line) => line.split(' ')[0])).toEqual(RULES.map(({ code }) => code))
    expect(out).toContainEqual(expect.stringMatching(/^C405 {2}error +value-not-allowed +A value is not/))
  })
  it('prints JSON with sources', async () => {
    const { rules } = jsonOf(await runCli(['rules', '--json'], { folder: '/' })) as { rules: object[] }
    expect(rules).toHaveLength(RULES.length)
    expect(rules[0]).toMatchObject({ code: RULES[0]?.code, sources: expect.arrayContaining([expect.any(String)]) })
  })
})
