import type { LoadEdge, LoadOrder } from './load-order.ts'

/** The part of an order that one object needs: itself, and all that must be there before it. */
export function neededFor(order: LoadOrder, objects: readonly string[]): LoadOrder {
  const wanted = new Set(objects)
  const broken = new Set(order.broken)
  for (const object of wanted) {
    // A set that grows is walked to its new end.
    for (const edge of order.edges) if (edge.object === object && !broken.has(edge)) wanted.add(edge.needs)
  }
  const isWanted = (edge: LoadEdge): boolean => wanted.has(edge.object) && wanted.has(edge.needs)
  return {
    steps: order.steps.map((step) => step.filter((object) => wanted.has(object))).filter((step) => step.length > 0),
    edges: order.edges.filter(isWanted),
    broken: order.broken.filter(isWanted),
  }
}

/** The order as a Mermaid flow chart: an arrow leads from what is loaded first to what needs it; dotted ones are broken. */
export function asMermaid({ steps, edges, broken }: LoadOrder): string {
  const id = (object: string): string => object.replaceAll('-', '_')
  const nodes = connected(steps, edges).map((object) => `  ${id(object)}["${object}"]`)
  const arrows = edges.map((edge) => `  ${id(edge.needs)} ${broken.includes(edge) ? '-.->' : '-->'} ${id(edge.object)}`)
  return ['flowchart LR', ...nodes, ...arrows].join('\n')
}

/** The order as a graph for Graphviz, drawn as {@link asMermaid} does. */
export function asDot({ steps, edges, broken }: LoadOrder): string {
  const nodes = connected(steps, edges).map((object) => `  "${object}";`)
  const arrows = edges.map((edge) => {
    const style = broken.includes(edge) ? ' [style=dashed, constraint=false]' : ''
    return `  "${edge.needs}" -> "${edge.object}"${style};`
  })
  return ['digraph "load order" {', '  rankdir=LR;', ...nodes, ...arrows, '}'].join('\n')
}

/** Objects that an edge begins or ends at, in the order of the steps; a lone object is drawn as well. */
function connected(steps: LoadOrder['steps'], edges: readonly LoadEdge[]): readonly string[] {
  const objects = steps.flat()
  const ends = new Set(edges.flatMap(({ object, needs }) => [object, needs]))
  return objects.length === 1 ? objects : objects.filter((object) => ends.has(object))
}
