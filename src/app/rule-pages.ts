import { readFile } from 'node:fs/promises'

/** The page of a lint rule, as Markdown. */
export function readRulePage(name: string): Promise<string> {
  return readFile(new URL(`../lint/rules/${name}.md`, import.meta.url), 'utf8')
}
