/** Looks of the HTML report; light on screen and on paper. */
export const HTML_STYLE = `
:root { --error: #b3261e; --warning: #8a5a00; --info: #1f5f8b; --line: #d8dce0; --soft: #f5f6f8 }
* { box-sizing: border-box }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1c1f23; font: 15px/1.45 system-ui, sans-serif }
h1 { font-size: 1.5rem; margin: 0 0 .25rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; overflow-wrap: anywhere }
p { margin: .25rem 0 }
.faint { color: #5a626b }
form { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; margin: 1rem 0;
  padding: .6rem .8rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px }
input[type=search], select { font: inherit; padding: .2rem .4rem; max-width: 20rem }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line) }
th { font-weight: 600; background: var(--soft) }
td.place { white-space: nowrap }
td.text { overflow-wrap: anywhere }
.error { color: var(--error); font-weight: 600 } .warning { color: var(--warning); font-weight: 600 }
.info { color: var(--info) }
pre { margin: .3rem 0; padding: .3rem .5rem; background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere;
  font: 13px/1.4 ui-monospace, monospace }
mark { background: #ffd9d6; color: inherit; outline: 1px solid var(--error) }
tr[hidden] { display: none }
@media print { body { margin: 0; max-width: none } form { display: none } tr { break-inside: avoid } thead { display: table-header-group } }
`

/** Filters rows by severity, rule and text; without it the page still shows everything. */
export const HTML_SCRIPT = `
const form = document.querySelector('form')
const rows = [...document.querySelectorAll('tbody tr')]
const shown = document.querySelector('output')
function filter() {
  const words = form.text.value.toLowerCase()
  let count = 0
  for (const row of rows) {
    const fits = form[row.dataset.severity].checked && (form.rule.value === '' || row.dataset.code === form.rule.value)
    row.hidden = !(fits && row.textContent.toLowerCase().includes(words))
    if (!row.hidden) count += 1
  }
  shown.textContent = count + ' of ' + rows.length + ' shown'
}
form.addEventListener('input', filter)
form.addEventListener('submit', (event) => event.preventDefault())
form.hidden = false
filter()
`
