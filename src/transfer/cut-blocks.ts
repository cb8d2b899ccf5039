/**
 * Cuts bytes that come in chunks of any size into blocks of `blockBytes`; only the last may be shorter.
 *
 * A block may share its memory with the chunk it came from: use it up before asking for the next.
 */
export async function* cutBlocks(body: AsyncIterable<Uint8Array>, blockBytes: number): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of body) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    while (restBytes + bytes.length >= blockBytes) {
      const cut = blockBytes - restBytes
      const head = bytes.subarray(0, cut)
      yield restBytes === 0 ? head : Buffer.concat([...rest, head], blockBytes)
      rest = []
      restBytes = 0
      bytes = bytes.subarray(cut)
    }
    if (bytes.length > 0) {
      // The chunk is its owner's again when the next one is asked for.
      rest.push(Buffer.from(bytes))
      restBytes += bytes.length
    }
  }
  if (restBytes > 0) yield Buffer.concat(rest, restBytes)
}
