import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { gatherWrites } from './gather-writes.ts'

const open: { destroy(): void }[] = []

afterEach(() => {
  for (const line of open.splice(0)) line.destroy()
})

/** A socket that gathers, and what arrives at the other end of it. */
async function openLine() {
  const received: Buffer[] = []
  const server = createServer((far) => {
    open.push(far)
    far.on('data', (chunk: Buffer) => received.push(chunk))
  })
  // Whatever a test that fails leaves open ends with it.
  open.push({ destroy: () => server.close() })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true })
  open.push(socket)
  await once(socket, 'connect')
  gatherWrites(socket)
  const end = async (): Promise<string> => {
    socket.end()
    await once(socket, 'close')
    return Buffer.concat(received).toString()
  }
  return { socket, end, received }
}

/** How often the socket hands something to the system. */
function countSends(socket: Socket): () => number {
  let sends = 0
  const inner = socket as unknown as Record<'_write' | '_writev', (...args: unknown[]) => void>
  for (const name of ['_write', '_writev'] as const) {
    const send = inner[name].bind(socket)
    inner[name] = (...args) => {
      sends += 1
      send(...args)
    }
  }
  return () => sends
}

describe('a socket that gathers', () => {
  it('sends what is written in one turn together, in order', async () => {
    const { socket, end } = await openLine()
    const sends = countSends(socket)
    for (const piece of ['length ', 'body ', 'tag ']) socket.write(piece)
    await new Promise(setImmediate)
    await Promise.resolve().then(() => socket.write('later'))
    await new Promise(setImmediate)
    expect(sends()).toBe(2)
    expect(await end()).toBe('length body tag later')
  })

  it('sends what was written right before its end', async () => {
    const { socket, end } = await openLine()
    socket.write('last')
    expect(await end()).toBe('last')
  })

  it('tells each writer when its piece is out', async () => {
    const { socket, end } = await openLine()
    const out = ['a', 'b'].map((piece) => new Promise((resolve) => socket.write(piece, resolve)))
    await Promise.all(out)
    expect(await end()).toBe('ab')
  })
})
