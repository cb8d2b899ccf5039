import { InvalidArgumentError } from 'commander'
import { numberText } from '../base/index.ts'

/** Option value: a whole number of at least 1, or 0 where `least` says so; no larger one than `most`. */
export function wholeNumber(least = 1, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return (text) => {
    const number = Number(text)
    if (!Number.isSafeInteger(number) || number < least || number > most || text.trim() === '')
      throw new InvalidArgumentError(`must be a whole number ${range}.`)
    return number
  }
}

/** Option value: words parted by commas; given several times, they add up. */
export function wordList(text: string, before: readonly string[] | undefined): readonly string[] {
  return [
    ...(before ?? []),
    ...text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ]
}

/** `3 rows`, `1 row`. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A name from outside as it may be shown: control characters, which would steer the terminal, as `\\u001b`. */
export function shown(name: string): string {
  return name.replaceAll(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** An instant for people: `2026-11-20 04:00:00Z`. */
export function instantText(at: Date | undefined): string {
  return at === undefined ? '-' : `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`
}
