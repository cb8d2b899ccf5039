import { readdirSync, watch } from 'node:fs'

/** House: far longer than anything takes on a busy machine, so that only what never comes ends it. */
const DEADLINE_MS = 60_000

/** Resolves with the first names in a folder that fit, as soon as there are so many. @throws {Error} They never come. */
export async function untilThere(folder: string, pattern: RegExp, count = 1): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const watcher = watch(folder, look)
    const deadline = setTimeout(
      () =>
        end(() =>
          reject(new Error(`nothing like ${String(pattern)} came into ${folder}: ${readdirSync(folder).join(', ')}`)),
        ),
      DEADLINE_MS,
    )
    function end(settle: () => void): void {
      clearTimeout(deadline)
      watcher.close()
      settle()
    }
    function look(): void {
      const found = readdirSync(folder).filter((name) => pattern.test(name))
      if (found.length >= count) end(() => resolve(found))
    }
    // It may have come before the watching began.
    look()
  })
}
