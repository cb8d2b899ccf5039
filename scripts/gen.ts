import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { alarmsPage } from './gen/alarms-page.ts'
import { cliPage } from './gen/cli-page.ts'
import { configJsonSchema, configPage } from './gen/config-page.ts'
import { errorsPage } from './gen/errors-page.ts'
import { OBJECT_COLUMNS_FILE, objectColumnsText } from './gen/object-columns.ts'
import { rulesPage } from './gen/rules-page.ts'
import { schemaPages, strayPages } from './gen/schema-pages.ts'
import { SCHEMA_INDEX_FILE, schemaIndexText } from './gen-schema-index.ts'
import { statesPage } from './gen/states-page.ts'

/**
 * Writes every generated page; with `--check` it writes nothing and fails where a page is not what it would write.
 */
const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/reference/rules.md': rulesPage,
  'docs/reference/alarms.md': alarmsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/cli.md': cliPage,
  'docs/reference/config.md': configPage,
  'docs/reference/states.md': statesPage,
  'schemas/config.schema.json': configJsonSchema,
  [SCHEMA_INDEX_FILE]: schemaIndexText,
  [OBJECT_COLUMNS_FILE]: objectColumnsText,
  ...schemaPages(),
}

const isCheck = process.argv.includes('--check')
const stale: string[] = []
for (const [path, write] of Object.entries(PAGES)) {
  const text = await write()
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  stale.push(path)
  if (isCheck) continue
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
for (const path of strayPages()) {
  stale.push(path)
  if (!isCheck) rmSync(path)
}
for (const path of stale)
  console.log(isCheck ? `${path} is stale: run \`npm run gen\`` : `${path} is brought up to date`)
process.exitCode = isCheck && stale.length > 0 ? 1 : 0
