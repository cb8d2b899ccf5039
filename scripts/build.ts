import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Builds `dist/`: compiled sources, and the rule pages that `flatgate explain` reads. */
const root = fileURLToPath(new URL('..', import.meta.url))

rmSync(`${root}dist`, { recursive: true, force: true })
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`], {
  stdio: 'inherit',
})
// Folders have no extension; of the files only the pages are wanted.
cpSync(`${root}src/lint/rules`, `${root}dist/lint/rules`, {
  recursive: true,
  filter: (path) => path.endsWith('.md') || extname(path) === '',
})
