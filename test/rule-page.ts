import {
  type AcceptedMemory,
  type ArchiveFacts,
  createAcceptedMemory,
  createAcceptedRowReader,
  createLinter,
  createRunNames,
  type LintContext,
  type LintReport,
} from '../src/lint/index.ts'
import { type CustomField, type Direction, loadSchema, parseRelease, selectSchema } from '../src/schema/index.ts'

/**
 * A fenced block of a rule's page: a whole file as it would be dropped. The words behind ```` ```csv ```` say how it is
 * linted, each at most once:
 *
 * - `object=suppliers`, `direction=export`, `release=R35`, `purpose=delivery`, `file=users.txt`. Default: an import of
 *   users of today's documentation, for upload, named as Coupa names it.
 * - `custom=Badge:string,Shift_Lead:boolean` declares custom fields; an underscore stands for a blank.
 * - `zip=invoices.csv,scans/1.pdf:900` puts it into an archive under the first name, beside the other files; `:` and the
 *   size of a file in bytes may follow its name.
 * - `bytes`: `\xEF`, `\0`, `\r`, `\n`, `\t` and `\\` stand for bytes, and the line breaks of the block for nothing.
 *   `~1000000;` repeats the character before it so often.
 * - `repeat=5001` repeats the last line until the file has so many rows.
 *
 * A line `--- object=departments` in the block ends a file of a run and begins the next one, with settings of its own.
 * The findings are those of the last file. A file with `taken=2026-11-10` is none of the run: its rows were taken on that
 * day, and are remembered.
 */
export interface Sample {
  readonly settings: ReadonlyMap<string, string>
  readonly text: string
  /** Files of the same run that are linted before it. */
  readonly before: readonly Sample[]
}

/** The day of every sample. */
const TODAY = new Date('2026-11-20T00:00:00Z')

/** The samples under one heading of a page. */
export function samplesUnder(page: string, heading: string): readonly Sample[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/```csv([^\n]*)\n([\s\S]*?)```/g)].map(([, words = '', text = '']) =>
    readSample(words, text),
  )
}

function readSample(words: string, text: string): Sample {
  const [first = '', ...others] = text.split(/^--- (?=.*\n)/m)
  const before: Sample[] = [{ settings: readSettings(words), text: first, before: [] }]
  for (const other of others) {
    const end = other.indexOf('\n')
    before.push({ settings: readSettings(other.slice(0, end)), text: other.slice(end + 1), before: [] })
  }
  return { ...(before.pop() as Sample), before }
}

function readSettings(words: string): ReadonlyMap<string, string> {
  return new Map(words.trim().split(/\s+/).filter(Boolean).map(readSetting))
}

/** Lints a sample with every rule. */
export function lintSample(sample: Sample): LintReport {
  const all = [...sample.before, sample]
  const taken = all.filter(({ settings }) => settings.has('taken'))
  const files = all.filter(({ settings }) => !settings.has('taken'))
  const imports = files.filter(({ settings }) => settings.get('direction') !== 'export')
  const names = createRunNames(imports.map(({ settings }) => objectOf(settings)))
  const memory = taken.length > 0 ? memoryOf(taken) : undefined
  const [report] = files
    .map((file) => {
      const more = { ...(imports.includes(file) ? { names } : {}), ...(memory ? { memory } : {}) }
      const linted = lintBytes(bytesOf(file), file.settings, more)
      names.endFile(objectOf(file.settings), linted.foreign !== undefined)
      return linted
    })
    .reverse()
  if (!report) throw new Error('a sample without a file')
  return report
}

/** What is remembered of files that were taken. */
function memoryOf(files: readonly Sample[]): AcceptedMemory {
  const memory = createAcceptedMemory()
  for (const file of files) {
    const object = objectOf(file.settings)
    const takenAt = new Date(`${file.settings.get('taken')}T00:00:00Z`)
    const reader = createAcceptedRowReader(selectSchema(loadSchema(object, 'import')), ({ keys, isInactive, rate }) => {
      for (const { id, ...key } of keys) memory.add(object, id, { ...key, isInactive, takenAt })
      if (rate) memory.addRate({ ...rate, rate: Number(rate.rate) })
    })
    reader.write(bytesOf(file))
    reader.end()
  }
  return memory
}

/** Lints a file with every rule; the settings are those of a {@link Sample}. */
export function lintBytes(
  bytes: Uint8Array,
  settings: ReadonlyMap<string, string>,
  more: Pick<LintContext, 'names' | 'memory'> = {},
): LintReport {
  const direction: Direction = settings.get('direction') === 'export' ? 'export' : 'import'
  const definition = loadSchema(objectOf(settings), direction)
  const linter = createLinter({
    schema: selectSchema(definition, {
      release: parseRelease(settings.get('release') ?? '2026'),
      customFields: readCustomFields(settings.get('custom') ?? ''),
    }),
    fileName: settings.get('file') ?? `${definition.filePrefix}_20261120_040000Z.csv`,
    purpose: settings.get('purpose') === 'delivery' ? 'delivery' : 'upload',
    today: TODAY,
    ...readArchive(settings.get('zip')),
    ...more,
  })
  linter.write(bytes)
  return linter.end()
}

function objectOf(settings: ReadonlyMap<string, string>): string {
  return settings.get('object') ?? 'users'
}

/** The file that a sample stands for. */
export function bytesOf({ settings, text }: Pick<Sample, 'settings' | 'text'>): Uint8Array {
  if (settings.has('bytes')) return Buffer.from(unescape(text.replaceAll('\n', '')), 'latin1')
  const lines = text.split('\n').slice(0, -1)
  const last = lines.at(-1) ?? ''
  const rows = Number(settings.get('repeat') ?? 0)
  while (lines.length <= rows) lines.push(last)
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''))
}

function readSetting(word: string): [string, string] {
  const [key = '', value = ''] = word.split(/=(.*)/)
  const known = ['object', 'direction', 'release', 'purpose', 'file', 'custom', 'bytes', 'repeat', 'zip', 'taken']
  if (!known.includes(key)) throw new Error(`a sample has the unknown setting ${key}`)
  return [key, value]
}

function readArchive(text: string | undefined): { readonly archive?: ArchiveFacts } {
  if (text === undefined) return {}
  const entries = text.split(',').map((word) => {
    const [name = '', size = '100'] = word.split(':')
    return { name, sizeBytes: Number(size) }
  })
  const bytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return { archive: { bytes, ownName: entries[0]?.name ?? '', entries } }
}

function readCustomFields(text: string): readonly CustomField[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((field) => {
      const [name = '', type = 'string'] = field.split(':')
      return { name: name.replaceAll('_', ' '), type: type as CustomField['type'] }
    })
}

const ESCAPES: Readonly<Record<string, string>> = { '0': '\0', r: '\r', n: '\n', t: '\t', '\\': '\\' }

function unescape(text: string): string {
  // Text that is not escaped is UTF-8 in the page and must be UTF-8 in the file.
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  return bytes
    .replaceAll(/\\(?:x([0-9A-F]{2})|([0rnt\\]))/g, (_, hex?: string, letter?: string) =>
      hex === undefined ? (ESCAPES[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll(/(.)~(\d+);/gs, (_, character: string, times: string) => character.repeat(Number(times)))
}
