/**
 * Whether two names of folders differ only in case, in what stands between words, or in singular and plural: Coupa's own
 * pages write one folder as `Commodity` and as `Commodities`.
 */
export function isLikeFolder(one: string, other: string): boolean {
  return one !== other && plain(one) === plain(other)
}

/** `Tax_Codes`, `taxcode` and `TaxCodes` are one. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/(?:ies|y)$/, 'i')
    .replace(/(?<=s|x|sh|ch)es$/, '')
    .replace(/(?<!s)s$/, '')
}
