import { once } from 'node:events'
import { Readable } from 'node:stream'
import type pg from 'pg'

// PostgreSQL documentation, "Message Flow", COPY Operations: what the driver passes on and its types leave out
type CopyConnection = pg.Connection & {
  readonly sendCopyFromChunk: (chunk: Buffer) => void
  readonly endCopyFrom: () => void
  readonly sendCopyFail: (message: string) => void
}

/** How many bytes of rows may wait for their reader. */
const waiting = 1024 * 1024

/** The rows that a `copy … to stdout` gives, as they come; the server waits for their reader. */
export function copyOut(client: pg.Client, statement: string): Readable {
  let connection: CopyConnection | undefined
  const rows = new Readable({ highWaterMark: waiting, read: () => void connection?.stream.resume() })
  client.query({
    submit: (given: pg.Connection) => {
      connection = given as CopyConnection
      connection.query(statement)
    },
    handleCopyData: (message: { readonly chunk: Buffer }) => {
      // A copy: the driver uses its buffer again.
      if (!rows.push(Buffer.from(message.chunk))) connection?.stream.pause()
    },
    handleError: (fault: Error) => {
      connection?.stream.resume()
      rows.destroy(fault)
    },
    handleReadyForQuery: () => void rows.push(null),
    ...unheard,
  })
  // Left early: what the server still sends is read and dropped, or the connection could not be used again.
  rows.once('close', () => void connection?.stream.resume())
  return rows
}

/** Gives rows to a `copy … from stdin`, as fast as the server takes them; answers how many it took. */
export async function copyIn(
  client: pg.Client,
  statement: string,
  rows: AsyncIterable<Buffer>,
): Promise<number> {
  const refused = new AbortController()
  let cause: unknown
  let taken = 0
  const feed = async (connection: CopyConnection): Promise<void> => {
    try {
      for await (const part of rows) {
        if (refused.signal.aborted) return
        connection.sendCopyFromChunk(part)
        if (connection.stream.writableNeedDrain) {
          await once(connection.stream, 'drain', { signal: refused.signal })
        }
      }
      connection.endCopyFrom()
    } catch (fault) {
      if (refused.signal.aborted) return
      cause = fault
      connection.sendCopyFail('the rows ended in a fault')
    }
  }
  await new Promise<void>((done, fail) => {
    client.query({
      submit: (connection: pg.Connection) => connection.query(statement),
      ...unheard,
      handleCopyInResponse: (connection: pg.Connection) => void feed(connection as CopyConnection),
      handleCommandComplete: (message: { readonly text: string }) => {
        taken = Number(/\d+$/.exec(message.text)?.[0] ?? 0)
      },
      handleError: (fault: Error) => {
        refused.abort()
        fail(cause ?? fault)
      },
      handleReadyForQuery: () => done(),
    } as pg.Submittable)
  })
  return taken
}

const unheard = {
  handleCommandComplete: (): void => {},
  handleRowDescription: (): void => {},
  handleDataRow: (): void => {},
  handleEmptyQuery: (): void => {},
  handlePortalSuspended: (): void => {},
}
