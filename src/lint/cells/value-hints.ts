import { nearestValue } from './nearest-value.ts'
import { quoted } from './quoted.ts'
import { remembered } from './remembered.ts'

/** Values that a hint lists; a longer list is cut, `flatgate schema show` has the whole. */
const MAX_LISTED = 12

/** Makes what to write instead of a value: the likely one, and the values there are. */
export function valueHints(values: readonly string[]): (text: string) => string {
  return remembered((text) => valueHint(text, values))
}

function valueHint(text: string, values: readonly string[]): string {
  const nearest = nearestValue(text, values)
  const listed = values.slice(0, MAX_LISTED).join(', ')
  const rest = values.length > MAX_LISTED ? ` and ${values.length - MAX_LISTED} more` : ''
  return `${nearest === undefined ? '' : `Did you mean ${quoted(nearest)}? `}Values: ${listed}${rest}.`
}
