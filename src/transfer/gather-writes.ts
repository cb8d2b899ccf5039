import type { Socket } from 'node:net'

/**
 * Makes a socket send what is written during one turn of the event loop together.
 *
 * The ssh library writes each packet in three pieces (length, body, authentication tag), and what reads many answers in
 * one turn sends many requests: each piece by itself would be a call of the system and, without Nagle, a packet on the
 * line.
 */
export function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...piece: unknown[]) => boolean
  let isGathering = false

  function send(): void {
    isGathering = false
    socket.uncork()
  }

  socket.write = (...piece: unknown[]): boolean => {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      process.nextTick(send)
    }
    return write(...piece)
  }
}
