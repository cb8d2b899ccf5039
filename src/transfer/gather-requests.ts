/** What the ssh library's SFTP channel sends its bytes with; its types keep it to themselves. */
export interface PacketWriter {
  channelData(channel: number, bytes: Uint8Array): void
  channelClose(channel: number): void
}

/** The part of the ssh library's SFTP channel that is meddled with. */
export interface PacketChannel {
  _protocol: PacketWriter
  /** As the server has said it. */
  readonly outgoing: { readonly packetSize: number }
}

/**
 * Makes an SFTP channel send the requests of one turn of the event loop in as few packets as they fit into.
 *
 * To the channel requests are a stream of bytes (draft-ietf-secsh-filexfer-02, 3), but the library puts each into a
 * packet of its own. A packet costs some 50 µs on either side, whatever is in it: a cipher is set up, padding is drawn,
 * processes are woken up. Many small files are little but such packets.
 */
export function gatherRequests(channel: PacketChannel): void {
  const inner = channel._protocol
  const { packetSize } = channel.outgoing
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let isGathering = false

  function send(id: number): void {
    const [first, ...more] = waiting
    if (first === undefined) return
    const bytes = more.length === 0 ? first : Buffer.concat(waiting, waitingBytes)
    waiting = []
    waitingBytes = 0
    inner.channelData(id, bytes)
  }

  channel._protocol = Object.assign(Object.create(inner) as PacketWriter, {
    channelData(id: number, bytes: Uint8Array): void {
      if (waitingBytes + bytes.length > packetSize) send(id)
      waiting.push(bytes)
      waitingBytes += bytes.length
      if (isGathering) return
      isGathering = true
      setImmediate(() => {
        isGathering = false
        send(id)
      })
    },
    channelClose(id: number): void {
      send(id)
      inner.channelClose(id)
    },
  } satisfies PacketWriter)
}
