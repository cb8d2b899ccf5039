import { z } from 'zod'
import type { SchemaDefinition } from './definition.ts'
import { INBOUND_LIMITS } from './inbound-limits.ts'

const texts = z.array(z.string().min(1)).min(1)
const count = z.number().int().positive()
/** Definitions stay short: a flag that does not hold is left out. */
const flag = z.boolean().refine((holds) => holds, 'is left out where it does not hold')
const optional = z.exactOptional

/** `R21-`, `R21-R31`, `R35`, `R24,2026-`: where something was seen. */
const SPAN = String.raw`(?:R\d{2}|2026)(?:-(?:R\d{2}|2026)?)?`
const releases = z
  .string()
  .regex(new RegExp(`^${SPAN}(?:,${SPAN})*$`), 'is not a span of releases such as R21- or R24,2026-')

const uncertain = z
  .array(z.string().regex(/^[a-zA-Z]+: \S/, 'must be the name of a key, a colon and the reason'))
  .min(1)
const folder = z.string().regex(/^(?:\/[A-Za-z]+)+$/, 'must be an absolute folder such as /Incoming/Users')

const condition = z.strictObject({
  column: optional(z.string()),
  equals: optional(z.string()),
  notEquals: optional(z.string()),
  in: optional(z.array(z.string()).min(1)),
  filled: optional(z.boolean()),
  anyFilled: optional(texts),
  allBlankOrNo: optional(texts),
  operation: optional(z.enum(['create', 'update'])),
  itemSetting: optional(z.string()),
  onlyIfColumnExists: optional(flag),
  isDoubtful: optional(flag),
})

const reference = z.strictObject({
  object: z.string().min(1),
  by: optional(z.string().min(1)),
  mustExist: optional(flag),
  mustBeActive: optional(flag),
  mustBelongTo: optional(z.string().min(1)),
  types: optional(texts),
})

const column = z.strictObject({
  name: z.string().regex(/^[^\s*](?:.*[^\s*])?$/, 'must have no blank and no star at its ends'),
  aliases: optional(texts),
  formerly: optional(texts),
  occurrence: optional(z.number().int().min(2)),
  type: z.enum([
    'string',
    'text',
    'integer',
    'decimal',
    'float',
    'boolean',
    'date',
    'datetime',
    'reference',
    'unknown',
  ]),
  length: optional(count),
  minLength: optional(count),
  lengths: optional(z.array(count).min(1)),
  precision: optional(count),
  scale: optional(z.number().int().nonnegative()),
  required: optional(flag),
  requiredBefore: optional(z.boolean()),
  unique: optional(flag),
  uniqueWith: optional(texts),
  allowed: optional(texts),
  suggested: optional(texts),
  labels: optional(z.record(z.string(), z.string())),
  default: optional(z.string()),
  blankMeans: optional(z.string()),
  format: optional(
    z.enum([
      'money-with-currency',
      'currency-code',
      'country-code',
      'locale',
      'email',
      'phone',
      'url',
      'domain',
      'timezone',
      'zip-path',
      'digits',
      'number',
      'unspsc',
      'isic',
    ]),
  ),
  countryCodeForms: optional(z.array(z.enum(['alpha-2', 'alpha-3', 'numeric'])).min(1)),
  pattern: optional(z.string().min(1)),
  dateFormats: optional(texts),
  isDateOnly: optional(flag),
  min: optional(z.number()),
  max: optional(z.number()),
  ranges: optional(z.array(z.tuple([z.number(), z.number()])).min(1)),
  isNonZero: optional(flag),
  isNotFuture: optional(flag),
  unit: optional(z.string()),
  list: optional(
    z.strictObject({
      separator: z.string().length(1),
      itemMaxLength: optional(count),
      maxItems: optional(count),
      itemQuote: optional(z.string().length(1)),
    }),
  ),
  isMultiple: optional(flag),
  itemMaxLength: optional(count),
  maxItems: optional(count),
  parts: optional(texts),
  partSeparator: optional(z.string().length(1)),
  references: optional(reference),
  orReferences: optional(z.string().min(1)),
  requiredWhen: optional(condition),
  requiredUnless: optional(z.string()),
  blankWhen: optional(condition),
  ignoredWhen: optional(condition),
  noGapsWith: optional(z.string()),
  isAssignedByCoupa: optional(flag),
  isDeprecated: optional(flag),
  isIgnored: optional(flag),
  isHidden: optional(flag),
  isPlaceholder: optional(flag),
  isUnsupported: optional(flag),
  sets: optional(texts),
  warnWhen: optional(z.strictObject({ equals: z.string(), effect: z.string() })),
  onlyFor: optional(z.string().min(1)),
  description: optional(z.string().min(1)),
  uncertain: optional(uncertain),
  releases,
})

const record = z.strictObject({
  name: z.string().min(1),
  discriminator: optional(
    z.strictObject({
      column: z.string().min(1),
      value: optional(z.string().min(1)),
      alsoSeen: optional(texts),
      rowTypes: optional(texts),
    }),
  ),
  isSeparateFile: optional(flag),
  isPartial: optional(flag),
  isPlaceholdersOnly: optional(flag),
  requireOneOf: optional(z.array(z.array(texts).min(1)).min(1)),
  segmentPlaceholder: optional(z.string().min(1)),
  inactiveWhen: optional(condition),
  uncertain: optional(uncertain),
  columns: z.array(column).min(1),
})

/** The strict shape of a file in `schemas/`: an unknown key, a wrong type or a missing key is refused with its path. */
export const definitionShape = z.strictObject({
  object: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/, 'must be words in lower case joined by hyphens'),
  title: z.string().min(1),
  direction: z.enum(['import', 'export']),
  source: z.string().min(1),
  releases,
  folder: optional(folder),
  isFolderInferred: optional(flag),
  archiveFolders: optional(z.array(folder).min(1)),
  noSftp: optional(z.string().min(1)),
  filePrefix: z.string().regex(/^\w+$/, 'must be letters, digits and underscores'),
  limits: z.strictObject({ rows: count, bytes: count }).default({ ...INBOUND_LIMITS }),
  takesZip: optional(flag),
  keys: z.array(texts),
  hasKeyPriority: optional(flag),
  rowKeys: optional(z.array(texts)),
  keyRules: optional(
    z
      .array(
        z.strictObject({
          key: texts,
          canUpdate: optional(z.union([z.literal('*'), texts])),
          cannotUpdate: optional(texts),
        }),
      )
      .min(1),
  ),
  isCreateOnly: optional(flag),
  isRecreatedWhenInactive: optional(flag),
  mustExistBefore: optional(texts),
  attributes: optional(
    z.record(z.string(), z.strictObject({ column: z.string().min(1), record: optional(z.string().min(1)) })),
  ),
  notes: optional(texts),
  uncertain: optional(uncertain),
  records: z.array(record).min(1),
})

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? (keyof A extends keyof B ? true : false) : false) : false

/** Fails to compile when the shape and the type stop saying the same. */
export const shapeIsType: Same<Frozen<z.infer<typeof definitionShape>>, Frozen<SchemaDefinition>> = true
