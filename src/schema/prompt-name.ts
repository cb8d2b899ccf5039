/**
 * Why Coupa cannot take a name as the prompt name of a custom field, or `undefined` where it can.
 *
 * Source: Coupa, Using the Flat File Format: prompt names avoid comma, colon and hyphen, for files are read by them.
 */
export function checkPromptName(name: string): string | undefined {
  if (name.trim() === '') return 'is blank'
  if (name !== name.trim()) return 'starts or ends with a blank'
  const found = UNFIT.find(({ sign }) => name.includes(sign))
  return found && `holds a ${found.word}`
}

const UNFIT = [
  { sign: ',', word: 'comma' },
  { sign: ':', word: 'colon' },
  { sign: '-', word: 'hyphen' },
  { sign: '"', word: 'quote' },
  { sign: '\n', word: 'line break' },
] as const
