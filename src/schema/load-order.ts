import type { Column, SchemaDefinition } from './definition.ts'
import { isUncertain } from './is-uncertain.ts'

/** An object that refers to another one. */
export interface LoadEdge {
  /** The object that refers. */
  readonly object: string
  /** The object that must be there before. */
  readonly needs: string
  /** Columns that refer, with the record type where it is not the main one; none where Coupa states the order itself. */
  readonly columns: readonly string[]
  /** Only a name or the workbook suggests every one of the references. */
  readonly isDoubtful: boolean
}

/** In which order objects must be loaded. */
export interface LoadOrder {
  /** Objects that may be loaded together; each step needs only those before it. */
  readonly steps: readonly (readonly string[])[]
  /** What the order rests on. */
  readonly edges: readonly LoadEdge[]
  /**
   * References that the order cannot keep, because the objects need each other or themselves: load the first without
   * these columns, then again with them.
   */
  readonly broken: readonly LoadEdge[]
}

/**
 * The order in which objects must be loaded so that each finds the records that it names.
 *
 * Only objects that can be loaded are in it: a reference to something that has no import format is left out. An object
 * that refers to itself is loaded in one file, parents first. Where objects refer to each other in a ring, the edge that
 * rests on the weakest fact is broken: never an order that Coupa states, a doubtful one first, else the one of the fewest columns, else the last by name.
 */
export function loadOrder(definitions: readonly SchemaDefinition[]): LoadOrder {
  const imports = definitions.filter(({ direction }) => direction === 'import')
  const known = new Set(imports.map(({ object }) => object))
  const edges = imports.flatMap((definition) => edgesOf(definition, known))
  const broken = edges.filter(({ object, needs }) => object === needs)
  let kept = edges.filter(({ object, needs }) => object !== needs)
  for (let ring = findRing(kept); ring !== undefined; ring = findRing(kept)) {
    const weakest = weakestOf(ring)
    broken.push(weakest)
    kept = kept.filter((edge) => edge !== weakest)
  }
  return { steps: stepsOf([...known].sort(), kept), edges, broken }
}

function edgesOf(definition: SchemaDefinition, known: ReadonlySet<string>): readonly LoadEdge[] {
  const { object } = definition
  const found = new Map<string, { columns: string[]; isDoubtful: boolean }>()
  for (const needs of definition.mustExistBefore ?? []) found.set(needs, { columns: [], isDoubtful: false })
  for (const [index, record] of definition.records.entries()) {
    for (const column of record.columns) {
      const needs = column.references?.object
      if (needs === undefined || !known.has(needs) || isIdle(column)) continue
      const edge = found.get(needs) ?? { columns: [], isDoubtful: true }
      edge.columns.push(index === 0 ? column.name : `${record.name}: ${column.name}`)
      edge.isDoubtful &&= isUncertain(column, 'references')
      found.set(needs, edge)
    }
  }
  const needed = [...found].map(([needs, edge]): LoadEdge => ({ object, needs, ...edge }))
  return needed.sort((a, b) => compare(a.needs, b.needs))
}

/** Columns that Coupa does not read need nothing. */
function isIdle({ isIgnored, isUnsupported, isDeprecated, releases }: Column): boolean {
  return isIgnored === true || isUnsupported === true || isDeprecated === true || !releases.endsWith('-')
}

/** The edges of a ring, or `undefined` where there is none. */
function findRing(edges: readonly LoadEdge[]): readonly LoadEdge[] | undefined {
  const from = Map.groupBy(edges, ({ object }) => object)
  const done = new Set<string>()
  const walk = (object: string, path: readonly LoadEdge[]): readonly LoadEdge[] | undefined => {
    const start = path.findIndex((edge) => edge.object === object)
    if (start >= 0) return path.slice(start)
    if (done.has(object)) return undefined
    for (const edge of from.get(object) ?? []) {
      const ring = walk(edge.needs, [...path, edge])
      if (ring !== undefined) return ring
    }
    done.add(object)
    return undefined
  }
  for (const object of [...from.keys()].sort()) {
    const ring = walk(object, [])
    if (ring !== undefined) return ring
  }
  return undefined
}

function weakestOf(ring: readonly LoadEdge[]): LoadEdge {
  const sorted = [...ring].sort(
    (a, b) =>
      Number(a.columns.length === 0) - Number(b.columns.length === 0) ||
      Number(b.isDoubtful) - Number(a.isDoubtful) ||
      a.columns.length - b.columns.length ||
      compare(`${b.object} ${b.needs}`, `${a.object} ${a.needs}`),
  )
  const [weakest] = sorted
  if (weakest === undefined) throw new Error('a ring without edges')
  return weakest
}

function stepsOf(objects: readonly string[], edges: readonly LoadEdge[]): readonly (readonly string[])[] {
  const needs = Map.groupBy(edges, ({ object }) => object)
  const steps: string[][] = []
  const placed = new Set<string>()
  while (placed.size < objects.length) {
    const step = objects.filter(
      (object) => !placed.has(object) && (needs.get(object) ?? []).every((edge) => placed.has(edge.needs)),
    )
    if (step.length === 0) throw new Error('a ring was left in the order of loading')
    steps.push(step)
    for (const object of step) placed.add(object)
  }
  return steps
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
