import { z } from 'zod'
import { isTimeZone } from './time-zone.ts'

const name = z.string().min(1)
const folder = z.string().min(1)
const remoteFolder = z
  .string()
  .regex(/^\/\S/, 'must begin with / and name a folder of the server')
  .transform((path) => path.replace(/\/+$/, ''))
const timeZone = z.string().refine(isTimeZone, 'is not a time zone name such as Europe/Berlin or UTC')
const positive = z.number().positive()

const customField = z
  .strictObject({
    name: z.string().describe('English prompt name of the custom field: the header of its column'),
    type: z
      .enum(['string', 'text', 'integer', 'decimal', 'boolean', 'date', 'datetime'])
      .default('string')
      .describe('what its cells hold'),
    length: z.number().int().positive().optional().describe('longest text, in characters'),
    required: z.boolean().default(false).describe('whether a cell may not be empty'),
    allowed: z.array(z.string()).min(1).optional().describe('the only values it may have'),
    record: name.optional().describe('record type it belongs to, where the object has several'),
  })
  .describe('A column that this Coupa instance has beside the standard ones')

const coupa = z.strictObject({
  release: z
    .union([z.string(), z.number().transform(String)])
    .prefault('2026')
    .describe('Coupa release: R21 to R25, R27 to R35, or 2026'),
  instance: z
    .enum(['production', 'test'])
    .optional()
    .describe('which instance this configuration is for; `test` refuses every server of `productionHosts`'),
  productionHosts: z
    .array(name)
    .default([])
    .describe('hosts of production, by name, by pattern such as *.example.com, or by fingerprint of the host key'),
  lineEnd: z.enum(['crlf', 'lf']).default('crlf').describe('ends of the records that are sent'),
  maxRows: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('rows of one sent file; the limit of the object when absent (5,000)'),
  maxBytes: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('bytes of one sent file; the limit of the object when absent (8,000,000)'),
  takenWithinMinutes: positive
    .default(15)
    .describe('a file that lies longer in Incoming is reported; Coupa collects every 3 to 6 minutes'),
  vanishedAfterMinutes: positive
    .default(10)
    .describe('a file that is neither in Incoming nor in the archive for longer is reported'),
  customFields: z
    .record(z.string(), z.array(customField))
    .default({})
    .describe('custom fields of this instance, per object'),
})

const server = z.strictObject({
  host: name.describe('name or address of the SFTP server'),
  port: z.number().int().min(1).max(65535).default(22).describe('port of the SFTP server'),
  username: name.describe('who logs in'),
  password: z.string().optional().describe('use ${env:NAME} or ${file:path}'),
  privateKey: z.string().optional().describe('use ${file:path} or ${env:NAME}'),
  passphrase: z.string().optional().describe('of the private key; use ${env:NAME} or ${file:path}'),
  hostKey: z
    .union([z.string(), z.array(z.string()).min(1)])
    .transform((keys) => (typeof keys === 'string' ? [keys] : keys))
    .pipe(
      z.array(
        z
          .string()
          .regex(
            /^SHA256:[A-Za-z0-9+/]{43}$/,
            'must look like SHA256: and 43 characters, as `flatgate doctor` shows it',
          ),
      ),
    )
    .optional()
    .describe('pinned fingerprints of the server; several while its key is being changed'),
  knownHosts: z
    .string()
    .min(1)
    .default('known_hosts')
    .describe('known_hosts file of OpenSSH with more pinned keys; `flatgate doctor --trust` writes to it'),
  connections: z
    .number()
    .int()
    .min(1)
    // The bounds of `transfer`, which is not imported: checking a file must not wait for the SFTP client to load.
    .max(5)
    .default(2)
    .describe('sessions at the server at once, those of all flows and processes of this gateway together'),
  timeoutSeconds: positive.default(30).describe('longest silence of the server within one call'),
  stagingFolder: remoteFolder
    .optional()
    .describe('where uploads land before they get their name; beside it with the suffix .part when absent'),
  flush: z
    .boolean()
    .default(true)
    .describe('have the server flush each file to its disk before it gets its name, where it can'),
})

const expectation = z
  .strictObject({
    by: z.string().describe('cron expression of five fields: by each of these times a file must have been accepted'),
    timeZone: timeZone.optional().describe('of `by`; that of the flow when absent'),
    withinMinutes: positive
      .optional()
      .describe('a file counts that came in so many minutes before; since the time before when absent'),
  })
  .describe('When files must have arrived; an alarm is raised when none has')

const flowCommon = {
  object: name.describe('as `flatgate schema list` names it'),
  schedule: z
    .string()
    .optional()
    .describe('cron expression of five fields; when absent, as soon as something is there'),
  timeZone: timeZone.optional().describe('of the schedule; the general one when absent'),
  missedRuns: z
    .enum(['run-once', 'run-all', 'skip'])
    .default('run-once')
    .describe('for runs that were due while the gateway was down'),
  expect: expectation.optional(),
}

const dialect = z
  .strictObject({
    delimiter: z.string().min(1).max(4).default(',').describe('what stands between the fields'),
    quote: z
      .union([z.string().length(1), z.literal(false)])
      .default('"')
      .describe('what stands around fields; `false` where nothing does'),
    encoding: name.default('utf-8').describe('such as windows-1252, iso-8859-1, utf-16le'),
    hasHeader: z.boolean().default(true).describe('when false, `map` names source columns by their numbers from 1'),
  })
  .describe('How dropped files are written, where it is not as Coupa wants them')

const importFlow = z.strictObject({
  direction: z.literal('import').default('import'),
  ...flowCommon,
  from: folder.optional().describe('drop folder; inbound/<object> when absent'),
  to: remoteFolder.optional().describe('folder on the server; the one that Coupa documents when absent'),
  archives: z
    .array(remoteFolder)
    .min(1)
    .optional()
    .describe('where Coupa moves what it takes; both documented spellings when absent'),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_]+$/, 'may hold letters, digits and underscores')
    .optional()
    .describe('first part of the names of sent files'),
  map: z.record(name, name).optional().describe('Coupa column: source column'),
  dialect: dialect.optional(),
  ignoreRules: z.array(name).default([]).describe('codes of lint rules that are left out'),
  repeats: z
    .enum(['check', 'send'])
    .default('check')
    .describe(
      'a file whose content was accepted before: `check` does not send it, or asks a person where something newer came in between; `send` takes each drop as an order of its own',
    ),
})

const exportFlow = z.strictObject({
  direction: z.literal('export'),
  ...flowCommon,
  from: remoteFolder.optional().describe('folder on the server; the one that Coupa documents when absent'),
  to: folder.optional().describe('local folder; outbound/<object> when absent'),
  after: z
    .enum(['archive', 'delete', 'leave'])
    .default('leave')
    .describe('what becomes of the remote file once ours is safe'),
  archive: remoteFolder.optional().describe('where `after: archive` moves it; /Archive and the folder when absent'),
})

const pickUp = z.strictObject({
  settleSeconds: positive.default(2).describe('a dropped file must be unchanged for so long'),
  lookEverySeconds: positive.default(5).describe('how often drop folders are looked into by `serve`'),
  askEverySeconds: positive.default(60).describe('how often the server is asked what became of placed files'),
  minFreeMegabytes: z
    .number()
    .min(0)
    .default(100)
    .describe(
      'a file is left where it is, here or on the server, when its copies would leave less than so much of the disk free',
    ),
})

const alarms = z
  .strictObject({
    stuckAfterMinutes: positive.default(30).describe('a file that waits for flatgate so long is an alarm'),
    failingAfterMinutes: positive
      .default(10)
      .describe('failures that may pass by themselves, such as those of the network, are an alarm after so long'),
  })
  .describe('When alarms are raised; what they mean: docs/operations.md')

const days = z.number().int().min(1).optional()

const retention = z
  .strictObject({
    contentsDays: days.describe('contents of the store: so long after the end of the last file that has them'),
    historyDays: days.describe('steps and parts of files, runs and alarms: so long after their end'),
    acceptedDays: days.describe(
      'files in `accepted` of drop folders, with their reports: so long after they came there',
    ),
    rejectedDays: days.describe(
      'files in `rejected` of drop folders, with their reports: so long after they came there',
    ),
  })
  .describe('How long what is over is kept; for ever where nothing is said. `serve` removes the rest once a day')

const severity = z.enum(['error', 'warning', 'info'])
const ruleWords = z.array(name)

const lintChoice = {
  select: ruleWords.optional().describe('only these rules: codes, beginnings of codes or names; all when absent'),
  ignore: ruleWords.default([]).describe('rules that are left out'),
  severities: z.record(name, severity).default({}).describe('severity of rules, by code, beginning of a code or name'),
}

const lint = z
  .strictObject({
    ...lintChoice,
    baseline: z.string().min(1).optional().describe('file of accepted findings, as `lint --write-baseline` writes it'),
    scratchFolder: folder
      .optional()
      .describe(
        'where hashes of keys go that do not fit into memory; the folder for temporary files of the system when absent',
      ),
    rateJumpPercent: positive
      .default(20)
      .describe('an exchange rate that is farther from the last one taken is told (X306), in flows too'),
    objects: z
      .record(z.string(), z.strictObject(lintChoice))
      .default({})
      .describe('for files of one object: `select` replaces, the others add to what is said above'),
  })
  .describe('How `flatgate lint` chooses and weighs its rules')

const folders = z.strictObject({
  inbound: folder.default('inbound').describe('drop folders of import flows that name none lie in it'),
  outbound: folder.default('outbound').describe('folders of export flows that name none lie in it'),
  state: folder.default('.flatgate').describe('ledger and content store; back it up'),
})

/** The whole of `flatgate.yaml`. Unknown keys are errors; defaults are filled in. */
export const CONFIG_SHAPE = z.strictObject({
  $schema: z.string().optional(),
  timeZone: timeZone.default('UTC').describe('of the schedules, unless a flow names its own'),
  coupa: coupa.prefault({}),
  server: server.optional(),
  folders: folders.prefault({}),
  pickUp: pickUp.prefault({}),
  alarms: alarms.prefault({}),
  retention: retention.prefault({}),
  lint: lint.prefault({}),
  flows: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'may hold lower-case letters, digits and dashes'),
      z.preprocess(withDirection, z.discriminatedUnion('direction', [importFlow, exportFlow])),
    )
    .default({}),
})

/** A configuration with every default filled in; secrets are still references. */
export type Config = z.output<typeof CONFIG_SHAPE>
/** What `server` says. */
export type ServerConfig = NonNullable<Config['server']>
/** What `retention` says. */
export type RetentionConfig = Config['retention']
/** What `lint` says. */
export type LintConfig = Config['lint']
/** One flow as configured. */
export type FlowConfig = Config['flows'][string]

/** A flow that says no direction is an import. */
function withDirection(flow: unknown): unknown {
  return typeof flow === 'object' && flow !== null && !('direction' in flow) ? { direction: 'import', ...flow } : flow
}
