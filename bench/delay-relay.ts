import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * A line of some length in front of a server, as a process of its own: `delay-relay.ts <port> <ms each way>`. Prints the
 * port that it listens on, and ends with its standard input.
 *
 * What arrives is passed on so many milliseconds later, in order. It stands in for a network emulator where the kernel
 * has none: it delays, loses nothing, and does not limit how much is on its way. The opening of a connection is not
 * delayed.
 */
const [serverPort = '', delay = ''] = process.argv.slice(2)
const delayMs = Number(delay)

const relay = createServer({ noDelay: true }, (near) => {
  const far = connect({ port: Number(serverPort), host: '127.0.0.1', noDelay: true })
  passOn(near, far)
  passOn(far, near)
})

function passOn(from: Socket, to: Socket): void {
  // Timers of one length fire in the order in which they were set.
  from.on('data', (chunk: Buffer) => void setTimeout(() => to.write(chunk), delayMs))
  from.on('end', () => void setTimeout(() => to.end(), delayMs))
  from.on('error', () => to.destroy())
}

relay.listen(0, '127.0.0.1')
await once(relay, 'listening')
console.log((relay.address() as AddressInfo).port)
process.stdin.resume().on('end', () => process.exit())
