import { SMTPServer } from 'smtp-server'
import type { MailSettings } from '../../src/platform/smtp-settings.ts'

export type Received = {
  readonly to: readonly string[]
  readonly from: string
  /** What the machine that sent it called itself, which a mail server writes into the headers. */
  readonly machine: string
  readonly source: string
}

/** What the server does with the next mail. */
export type Behaviour =
  | 'take'
  | 'refuse-recipient'
  | 'refuse-data'
  | 'busy'
  | 'drop-before-data'
  | 'take-and-drop'
  | 'stall-before-data'
  | 'take-and-stall'

export type MailServer = {
  readonly settings: MailSettings
  readonly received: readonly Received[]
  readonly behave: (behaviour: Behaviour) => void
  /** Called as a mail arrives, before it is answered. */
  readonly onArrival: (work: () => Promise<void>) => void
  /** Called as the server is about to ask for a mail's data, before any of it has come. */
  readonly onBeginning: (work: () => void) => void
  readonly close: () => Promise<void>
}

/** A real SMTP server on a free port of loopback, which can be told to misbehave. */
export async function openMailServer(): Promise<MailServer> {
  const received: Received[] = []
  let behaviour: Behaviour = 'take'
  let arrival: () => Promise<void> = async () => {}
  let beginning: () => void = () => {}
  const refuse = (code: number, words: string): Error =>
    Object.assign(new Error(words), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(
        behaviour === 'refuse-recipient'
          ? refuse(550, 'no such mailbox')
          : behaviour === 'busy'
            ? refuse(451, 'later')
            : null,
      ),
    onMailFrom: (_address, session, done) => {
      if (behaviour === 'stall-before-data') return
      if (behaviour === 'drop-before-data') {
        drop(session.id)
        return
      }
      done()
    },
    onData: (stream, session, done) => {
      beginning()
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        void (async () => {
          await arrival()
          if (behaviour === 'refuse-data') return done(refuse(554, 'refused'))
          const { mailFrom, rcptTo } = session.envelope
          received.push({
            to: rcptTo.map(each => each.address),
            from: mailFrom === false ? '' : mailFrom.address,
            machine: String(session.hostNameAppearsAs),
            source: Buffer.concat(parts).toString('utf8'),
          })
          if (behaviour === 'take-and-drop') return drop(session.id)
          if (behaviour === 'take-and-stall') return
          return done()
        })()
      })
    },
  })
  server.on('error', () => {}) // a connection that was dropped on purpose
  const drop = (id: string): void => {
    for (const connection of server.connections) {
      if ((connection as unknown as { id: string }).id === id)
        (connection as unknown as { _socket: { destroy: () => void } })._socket.destroy()
    }
  }
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    settings: {
      host: '127.0.0.1',
      port,
      implicitTls: false,
      demandTls: false,
      user: null,
      password: null,
      from: 'appointments@example.org',
    },
    received,
    behave: next => {
      behaviour = next
    },
    onArrival: work => {
      arrival = work
    },
    onBeginning: work => {
      beginning = work
    },
    close: () => {
      for (const connection of server.connections) drop((connection as unknown as { id: string }).id)
      return new Promise<void>(closed => server.close(() => closed()))
    },
  }
}
