import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, EVE, lintUsers } from '../../../test/support/lint-run.ts'
import { runAsHtml } from './report-html.ts'

const page = runAsHtml({ flatgate: '0.1.0', files: [lintUsers([BOB, ANN, EVE], { path: 'a<b>.csv' })] })

describe('the HTML report', () => {
  it('shows each finding with its line and its place marked', () => {
    expect(page).toContain('<td class="place">line 3, E3<br><span class="faint">Status</span></td>')
    expect(page).toContain('&quot;Archer&quot;,&quot;<mark>actve</mark>&quot;</pre>')
  })
  it('holds whatever a file says as text', () => {
    expect(page.match(/<script>/g)).toHaveLength(1)
    expect(page).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;')
    expect(page).toContain('<h2>a&lt;b&gt;.csv</h2>')
  })
  it('loads nothing and lets only its own script and style run', () => {
    expect(page).not.toMatch(/\b(?:src|href)=|@import|url\(/)
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ]) {
      const text = page.split(`<${tag}>`)[1]?.split(`</${tag}>`)[0] ?? ''
      const digest = createHash('sha256').update(text).digest('base64')
      expect(page).toContain(`${directive} 'sha256-${digest}'`)
    }
  })
  it('can be filtered by severity, rule and text, and printed', () => {
    expect(page).toContain('<option value="C405">C405 value-not-allowed</option>')
    expect(page).toContain('data-severity="error" data-code="C405"')
    expect(page).toContain('@media print')
  })
  it('says what it does not list', () => {
    const cut = runAsHtml({ flatgate: '0.1.0', files: [lintUsers([ANN], { maxFindings: 0 })] })
    expect(cut).toContain('1 more findings are not listed.')
    expect(cut).toContain('<h1>1 error, 0 warnings, 0 info</h1>')
  })
})
