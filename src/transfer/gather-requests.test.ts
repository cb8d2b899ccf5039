import { describe, expect, it } from '@jest/globals'
import { gatherRequests, type PacketChannel } from './gather-requests.ts'

/** A channel of the library's shape whose packets are noted. */
function openChannel(packetSize = 10) {
  const sent: string[] = []
  const writer = {
    channelData: (channel: number, bytes: Uint8Array) => void sent.push(`${channel}:${Buffer.from(bytes).toString()}`),
    channelClose: (channel: number) => void sent.push(`${channel} closed`),
  }
  const channel: PacketChannel = { _protocol: writer, outgoing: { packetSize } }
  gatherRequests(channel)
  const write = (text: string): void => channel._protocol.channelData(7, Buffer.from(text))
  return { sent, write, close: () => channel._protocol.channelClose(7) }
}

describe('a channel that gathers', () => {
  it('sends the requests of one turn in one packet, in order', async () => {
    const { sent, write } = openChannel()
    write('abc')
    await Promise.resolve()
    write('def')
    expect(sent).toEqual([])
    await new Promise(setImmediate)
    expect(sent).toEqual(['7:abcdef'])
    write('later')
    await new Promise(setImmediate)
    expect(sent).toEqual(['7:abcdef', '7:later'])
  })

  it('puts no more into a packet than the server takes', async () => {
    const { sent, write } = openChannel()
    for (const text of ['abcdef', 'ghij', 'k', '0123456789']) write(text)
    await new Promise(setImmediate)
    expect(sent).toEqual(['7:abcdefghij', '7:k', '7:0123456789'])
  })

  it('sends what waits before it closes', () => {
    const { sent, write, close } = openChannel()
    write('last')
    close()
    expect(sent).toEqual(['7:last', '7 closed'])
  })
})
