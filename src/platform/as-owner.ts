import pg from 'pg'
import { endsOnDisk, waits } from './database.ts'

/** In milliseconds: for a statement that changes or rewrites whole tables. */
export const oneHour = 3_600_000

/**
 * A connection as the owner of the tables, or as the role that an address names, with every wait for it bounded.
 *
 * @param answerIn milliseconds for one answer; none where a statement may rightly take hours, as a change of the tables
 */
export async function connectOnce(
  url: string,
  options: {
    readonly answerIn?: number | 'unbounded'
    readonly name?: string
    /** Milliseconds after which the server itself ends a statement. */
    readonly statementsEndIn?: number
  } = {},
): Promise<pg.Client> {
  const { answerIn = 60_000 } = options
  const client = new pg.Client({
    connectionString: url,
    ...endsOnDisk,
    connectionTimeoutMillis: waits.connectionTimeoutMillis,
    keepAlive: waits.keepAlive,
    keepAliveInitialDelayMillis: waits.keepAliveInitialDelayMillis,
    ...(answerIn === 'unbounded' ? {} : { query_timeout: answerIn }),
    ...(options.statementsEndIn === undefined ? {} : { statement_timeout: options.statementsEndIn }),
    application_name: options.name ?? 'unwatched',
  })
  // What breaks is told by the question that was asked.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (cause) {
    await endConnection(client)
    throw cause
  }
}

/** Ends a connection; one whose other end does not answer is dropped. */
export async function endConnection(client: pg.Client): Promise<void> {
  const { stream } = (
    client as unknown as { readonly connection: { readonly stream: { destroy: () => void } } }
  ).connection
  const late = setTimeout(() => stream.destroy(), 2000)
  await client.end().catch(() => {})
  clearTimeout(late)
}
