/**
 * Yes and no in the languages of Coupa's customers, and what a spreadsheet of that language writes for its TRUE and FALSE.
 * No word of one language is the opposite of another one's here: a word that would be (Greek `ne`, yes; Czech `ne`, no) is
 * left out, and so are single letters, for `O` is oui as well as a zero.
 */
const YES =
  'ja oui sí si sì sim tak kyllä igen evet ano áno да так ναι 是 はい 예 ' +
  'wahr vrai verdadero vero verdadeiro waar prawda sant sand sann tosi pravda igaz doğru истина'
const NO =
  'nein non não nao nee nej nei nie nem hayır hayir нет ні όχι 否 いいえ 아니요 아니오 ' +
  'falsch faux falso onwaar fałsz falskt falsk usann epätosi nepravda hamis yanlış yanliş ложь'

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...YES.split(' ').map((word) => [word, true] as const),
  ...NO.split(' ').map((word) => [word, false] as const),
])

/** The longest word, `verdadeiro`. */
const MAX_LENGTH = 10

/**
 * What a text says as a boolean in another language than English; `undefined` where it is no such word. Outer blanks, case
 * and the way in which accents are encoded do not count. A guess: nobody says that the column is meant in that language.
 */
export function readForeignBoolean(text: string): boolean | undefined {
  const word = text.trim().normalize('NFC').toLowerCase()
  return word.length <= MAX_LENGTH ? WORDS.get(word) : undefined
}
