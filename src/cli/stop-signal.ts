/**
 * A signal that the first Ctrl-C or SIGTERM aborts, so that what is at hand is finished; the second ends the process at
 * once, which the ledger survives as well. Nothing is listened to before the signal is asked for.
 */
export function createStopSignal(tell: (text: string) => void, exit: (code: number) => void): () => AbortSignal {
  let stopping: AbortController | undefined
  const stop = (name: NodeJS.Signals): void => {
    if (stopping === undefined || stopping.signal.aborted) {
      exit(name === 'SIGINT' ? 130 : 143)
      return
    }
    tell('\nflatgate: finishing what is at hand; once more to end at once\n')
    stopping.abort(new Error(`stopped by ${name}`))
  }
  return () => {
    if (stopping === undefined) {
      stopping = new AbortController()
      process.on('SIGINT', stop)
      process.on('SIGTERM', stop)
    }
    return stopping.signal
  }
}
