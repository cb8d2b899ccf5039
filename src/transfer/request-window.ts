/** Keeps a number of requests in flight. */
export interface RequestWindow {
  /** Takes a request in, and waits while too many are open. Rejects as soon as one of them failed. */
  add(request: Promise<unknown>): Promise<void>
  /** Waits for all of them. Rejects with the first failure. */
  drain(): Promise<void>
  /** Waits for all of them, however they end. */
  settle(): Promise<void>
}

/** Makes a window for `size` requests. */
export function createRequestWindow(size: number): RequestWindow {
  let open = 0
  let failure: { readonly cause: unknown } | undefined
  let wake: (() => void) | undefined

  async function until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  const onEnd = (): void => {
    open -= 1
    wake?.()
  }

  return {
    async add(request) {
      open += 1
      request.then(onEnd, (cause: unknown) => {
        failure ??= { cause }
        onEnd()
      })
      await until(() => failure !== undefined || open < size)
      if (failure) throw failure.cause
    },
    async drain() {
      await until(() => failure !== undefined || open === 0)
      if (failure) throw failure.cause
    },
    settle: () => until(() => open === 0),
  }
}
