import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, EVE, lintUsers } from '../../../test/support/lint-run.ts'
import { runAsJunit } from './report-junit.ts'

/** Elements of a document, refusing what is not well-formed in the part of XML that reports use. */
function elementsOf(xml: string): string[] {
  const open: string[] = []
  const seen: string[] = []
  const rest = xml.replaceAll(
    /<\?xml [^>]*\?>|<(\/?)(\w[\w-]*)((?: [\w-]+="[^"<]*")*)(\/?)>/g,
    (_tag, end, name, _a, self) => {
      if (name === undefined) return ''
      if (end === '/') expect(open.pop()).toBe(name)
      else {
        seen.push(name)
        if (self !== '/') open.push(name)
      }
      return ''
    },
  )
  expect(open).toEqual([])
  expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#\d+);)/)
  return seen
}

describe('the JUnit report', () => {
  it('has a suite per file and a failure per error', () => {
    const xml = runAsJunit({ flatgate: '1', files: [lintUsers([BOB]), lintUsers([ANN], { path: 'b.csv' })] })
    expect(elementsOf(xml)).toEqual(['testsuites', 'testsuite', 'testcase', 'testsuite', 'testcase', 'failure'])
    expect(xml).toContain('<testsuites name="flatgate lint" tests="2" failures="1" errors="0">')
    expect(xml).toContain('<testcase name="C405 value-not-allowed line 2 (E2)" classname="b.csv" line="2">')
  })
  it('passes warnings and says what they are', () => {
    const xml = runAsJunit({ flatgate: '1', files: [lintUsers([ANN], { severities: { C: 'warning' } })] })
    expect(elementsOf(xml)).toEqual(['testsuites', 'testsuite', 'testcase', 'system-out'])
    expect(xml).toContain('failures="0"')
  })
  it('stays well-formed whatever the cells hold', () => {
    const odd = EVE.replace('Eve', '\u0000\u0001\u{1F600}')
    const xml = runAsJunit({ flatgate: '1', files: [lintUsers([odd], { path: 'a"<&\n.csv' })] })
    elementsOf(xml)
    expect(xml).not.toMatch(/[\0\u0001]/)
    expect(xml).toContain('a&quot;&lt;&amp;&#10;.csv')
  })
  it('counts what it does not list', () => {
    const xml = runAsJunit({ flatgate: '1', files: [lintUsers([ANN], { maxFindings: 0 })] })
    expect(xml).toContain('tests="1" failures="1"')
    expect(xml).toContain('1 more findings are not listed')
  })
})
