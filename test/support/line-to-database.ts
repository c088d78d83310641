import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** A line to a database server that a test can cut, stop, or have break off at the worst moment. */
export type LineToDatabase = {
  /** An address that leads along the line. */
  readonly through: (url: string) => string
  readonly pass: () => Promise<void>
  /** Nobody answers: what is connected is cut off, and new connections are refused. */
  readonly cut: () => Promise<void>
  /** Connections are taken and nothing is ever answered, on old ones and on new ones. */
  readonly fallSilent: () => void
  /**
   * After so many more, a `commit` reaches the server and is kept; its answer is lost, and the connection with it.
   * Answers whether that has happened.
   */
  readonly loseCommit: (after: number) => () => boolean
  /** How many connections are open. */
  readonly open: () => number
  readonly close: () => Promise<void>
}

/** A connection to the server that an address names, by its socket or its port. */
export function connectTo(target: URL): Socket {
  const host = decodeURIComponent(target.hostname)
  return host.startsWith('/')
    ? connect(join(host, `.s.PGSQL.${target.port}`))
    : connect(Number(target.port), host)
}

export async function openLine(url: string): Promise<LineToDatabase> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let mode: 'pass' | 'silent' = 'pass'
  let losing: { left: number; happened: boolean } | null = null
  const server = createServer(near => {
    const far = connectTo(target)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    let isLost = false
    near.on('data', (data: Buffer) => {
      if (mode === 'silent') return
      // PostgreSQL documentation, "Message Formats": Query is Q, a length, and the text
      if (losing && !losing.happened && data.toString('latin1').includes('commit\0')) {
        losing.left -= 1
        if (losing.left < 0) {
          losing.happened = true
          isLost = true
          far.once('data', () => near.destroy())
        }
      }
      far.write(data)
    })
    far.on('data', data => {
      if (mode === 'silent' || isLost) return
      near.write(data)
    })
  })
  const listen = (port: number): Promise<void> =>
    new Promise((done, fail) => {
      server.once('error', fail)
      server.listen(port, '127.0.0.1', () => done())
    })
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const stop = (): Promise<void> =>
    new Promise(done => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  return {
    through: along => {
      const through = new URL(along)
      through.hostname = '127.0.0.1'
      through.port = String(port)
      return through.toString()
    },
    pass: async () => {
      mode = 'pass'
      // what was sent into the silence is lost
      for (const socket of sockets) socket.destroy()
      if (!server.listening) await listen(port)
    },
    cut: async () => {
      if (server.listening) await stop()
    },
    fallSilent: () => {
      mode = 'silent'
    },
    loseCommit: after => {
      const one = { left: after, happened: false }
      losing = one
      return () => one.happened
    },
    open: () => sockets.size,
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
