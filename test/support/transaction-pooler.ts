import { createServer, type Socket } from 'node:net'
import { connectTo } from './line-to-database.ts'

type Session = { readonly socket: Socket; holder: Socket | null; rest: Buffer }

/**
 * A pooler as PgBouncer with `pool_mode = transaction` is one: every connection signs in, and then each transaction is
 * given whichever session was free last.
 */
export async function openTransactionPooler(
  url: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const target = new URL(url)
  const free: Session[] = []
  const sockets = new Set<Socket>()
  const released = new Map<Socket, () => void>()
  const server = createServer(near => {
    let holds: Session | null = null
    const take = (): Session | null => {
      const session = free.pop()
      if (session) session.holder = near
      return session ?? null
    }
    const own: Session = {
      socket: connectTo(target),
      holder: near,
      rest: Buffer.alloc(0),
    }
    holds = own
    for (const socket of [near, own.socket]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    own.socket.on('data', (data: Buffer) => {
      own.holder?.write(data)
      own.rest = Buffer.concat([own.rest, data])
      // PostgreSQL documentation, "Message Formats": a letter, a length that counts itself, the rest; Z and I: idle
      while (own.rest.length >= 5 && own.rest.length > own.rest.readUInt32BE(1)) {
        const size = own.rest.readUInt32BE(1) + 1
        const isIdle = own.rest[0] === 0x5a && own.rest[5] === 0x49
        own.rest = own.rest.subarray(size)
        if (!isIdle) continue
        if (own.holder) released.get(own.holder)?.()
        own.holder = null
        free.push(own)
      }
    })
    released.set(near, () => {
      holds = null
    })
    near.on('data', (data: Buffer) => {
      // Terminate ends the connection here; the session stays
      if (data[0] === 0x58 && data.length === 5) return void near.end()
      holds ??= take()
      holds?.socket.write(data)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  const near = new URL(url)
  near.hostname = '127.0.0.1'
  near.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: near.toString(),
    close: () =>
      new Promise(done => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
