import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from '@jest/globals'
import { loadConfig, resolveFlows } from '../src/app/index.ts'
import { ERROR_TABLE } from '../src/base/index.ts'
import type { CommandContext } from '../src/cli/command.ts'
import type { Io } from '../src/cli/io.ts'
import { loadCommands } from '../src/cli/commands/index.ts'
import { createProgram } from '../src/cli/program.ts'
import { RULES } from '../src/lint/index.ts'

const ROOT = join(import.meta.dirname, '..')

/** Folders whose pages are ours. */
const FOLDERS = ['docs', 'fixtures', 'inbound', 'outbound', 'schemas', 'src']

interface Page {
  readonly path: string
  readonly text: string
}

const pages: readonly Page[] = [
  ...readdirSync(ROOT),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ),
]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))

/** What `pattern` finds in every page, as `page: match`, less what is `known`. */
function unknownIn(pattern: RegExp, isKnown: (match: string, page: Page) => boolean): readonly string[] {
  return pages.flatMap((page) =>
    [...page.text.matchAll(pattern)]
      .map((match) => match[1] ?? match[0])
      .filter((match) => !isKnown(match, page))
      .map((match) => `${page.path}: ${match}`),
  )
}

/** Anchor of a heading as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

function hasAnchor(path: string, anchor: string): boolean {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor)
}

function resolves(link: string, page: Page): boolean {
  if (/^(?:https?|mailto):/.test(link)) return true
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? join(ROOT, page.path) : join(ROOT, dirname(page.path), path)
  return existsSync(target) && (anchor === undefined || hasAnchor(target, anchor))
}

/** Lines of code: fenced blocks and text between backticks. */
function codeOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/```[^\n]*\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'))
  const prose = text.replaceAll(/```[\s\S]*?```/g, '')
  return [...blocks, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)]
}

/** Calls of the program in code, each as its words; comments, pipes and redirections are cut off. */
function callsIn(text: string): readonly (readonly string[])[] {
  return codeOf(text).flatMap((line) =>
    [...line.matchAll(/(?:^|[\s$|(])flatgate ([a-z][^|>#…)`]*)/g)].map(([, words = '']) => words.trim().split(/\s+/)),
  )
}

/** Nothing is run: the program is only asked what it has. */
const context: CommandContext = { io: {} as Io, action: () => async () => undefined }
const program = createProgram(context, await loadCommands([]))

function commandOf([name, sub]: readonly string[]): Command | undefined {
  const command = program.commands.find((candidate) => candidate.name() === name)
  return command?.commands.find((candidate) => candidate.name() === sub) ?? command
}

const GENERAL_OPTIONS = new Set(['--help', '--version'])

function faultOf(call: readonly string[]): string | undefined {
  if (call[0] === 'help') return undefined
  const command = commandOf(call)
  if (command === undefined) return `no command ${call[0]}`
  const known = new Set(command.options.map(({ long }) => long))
  const option = call.find((word) => /^--[a-z]/.test(word) && !known.has(word) && !GENERAL_OPTIONS.has(word))
  return option === undefined ? undefined : `no option ${option}`
}

async function loadText(text: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-docs-'))
  try {
    writeFileSync(join(folder, 'flatgate.yaml'), text)
    await resolveFlows(await loadConfig(join(folder, 'flatgate.yaml')))
    return undefined
  } catch (error) {
    return String(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Pages that people read as a guide: not those that are generated, nor the rules' pages, whose samples are run elsewhere. */
const guides = pages.filter(({ path }) => !path.startsWith(join('docs', 'reference')) && !path.startsWith('src'))

/** First lines of examples that configure a hook or a build, not flatgate. */
const OTHER_PROGRAMS = /^(?:repos:|name: \w+\non:)/

describe('the documentation', () => {
  it('has links that lead somewhere', () => {
    expect(unknownIn(/\]\(([^)\s]+)\)/g, resolves)).toEqual([])
  })

  it('names only commands and options that exist', () => {
    const faults = guides.flatMap(({ path, text }) =>
      callsIn(text).flatMap((call) => {
        const fault = faultOf(call)
        return fault === undefined ? [] : [`${path}: flatgate ${call.join(' ')}: ${fault}`]
      }),
    )
    expect(faults).toEqual([])
  })

  it('names only rules that exist', () => {
    const codes = new Set(RULES.map(({ code }) => code))
    expect(unknownIn(/\b[FHRCKXZO]\d{3}\b/g, (code) => codes.has(code))).toEqual([])
  })

  it('names only errors that exist', () => {
    const kinds = [...new Set(Object.keys(ERROR_TABLE).map((code) => code.split('_')[0]))].join('|')
    const pattern = new RegExp(`\\b(?:${kinds})_[A-Z_]+\\b`, 'g')
    expect(unknownIn(pattern, (code) => code in ERROR_TABLE)).toEqual([])
  })

  it('names only scripts that npm has', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
    expect(unknownIn(/\bnpm run (?:-s )?([a-z:]+)/g, (script) => script in scripts)).toEqual([])
  })

  it('shows only configurations that are valid', async () => {
    const faults: string[] = []
    for (const { path, text } of guides) {
      for (const [, indent = '', block = ''] of text.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```/gm)) {
        if (OTHER_PROGRAMS.test(block)) continue
        const fault = await loadText(block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
        if (fault !== undefined) faults.push(`${path}: ${fault}`)
      }
    }
    expect(faults).toEqual([])
  })
})

describe('the README', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

  it('gives the two commands that a newcomer needs', () => {
    expect(readme).toContain('npm ci && npm run demo')
    expect(readme).toContain('npm ci && npm test')
  })

  it('names every command', () => {
    expect(
      program.commands.map((command) => command.name()).filter((name) => !readme.includes(`flatgate ${name}`)),
    ).toEqual([])
  })
})
