import pg from 'pg'
import { Fault } from './fault.ts'

/** Times in milliseconds. */
export type Watch = {
  /** A question that waits for this long is reason to ask whether the server answers anybody at all. */
  readonly after: number
  /** How long that is waited for. */
  readonly patience: number
  /** How often connections are looked at. */
  readonly every: number
}

export const usualWatch: Watch = { after: 5000, patience: 10_000, every: 1000 }

/** What the watch must see of a connection, which the driver keeps to itself. */
type Inside = {
  readonly _activeQuery: object | null
  readonly _connected: boolean
  readonly connection: { readonly stream: { readonly destroy: () => void } }
}

/**
 * Connections to a server that may fall silent: one that takes a question and never answers, as a stopped process, a
 * dead disk or a cable that was pulled leave it. Its own limits on time do not run then. When a question has waited
 * long, a second connection asks whether anybody is answered; when nobody is, everybody who waits is told so at once, and so
 * is everybody who comes, until it answers again. A long question to a server that answers is left alone.
 */
export class WatchedPool extends pg.Pool {
  readonly #watch: Watch
  readonly #seen = new WeakMap<object, { readonly question: object; readonly ticks: number }>()
  readonly #timer: NodeJS.Timeout
  #isAsking = false
  #isSilent = false
  /** Told when the server fell silent, with the moment from which it has not answered, and when it answers again. */
  onSilence: (since: Date) => void = () => {}
  onAnswer: () => void = () => {}

  constructor(options: pg.PoolConfig & { readonly watch?: Watch }) {
    super(options)
    this.#watch = options.watch ?? usualWatch
    this.#timer = setInterval(() => this.#look(), this.#watch.every)
    this.#timer.unref()
  }

  override connect(): Promise<pg.PoolClient>
  override connect(
    connected: (
      fault: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): void
  override connect(
    connected?: (
      fault: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): Promise<pg.PoolClient> | undefined {
    if (this.#isSilent) {
      const silent = new Fault('database-silent', 'The database takes questions and does not answer.')
      if (!connected) return Promise.reject(silent)
      connected(silent, undefined, () => {})
      return undefined
    }
    if (!connected) return super.connect()
    super.connect(connected)
    return undefined
  }

  override end(): Promise<void>
  override end(ended: () => void): void
  override end(ended?: () => void): Promise<void> | undefined {
    clearInterval(this.#timer)
    if (!ended) return super.end()
    super.end(ended)
    return undefined
  }

  #look(): void {
    const clients = (this as unknown as { readonly _clients: readonly Inside[] })._clients
    let longest = 0
    for (const client of clients) {
      // that a connection is made is a question too
      const question = client._connected ? client._activeQuery : client
      if (!question) continue
      const before = this.#seen.get(client)
      const ticks = before?.question === question ? before.ticks + 1 : 0
      this.#seen.set(client, { question, ticks })
      longest = Math.max(longest, ticks)
      if (this.#isSilent && ticks > 0) client.connection.stream.destroy()
    }
    if (this.#isAsking || (!this.#isSilent && longest * this.#watch.every < this.#watch.after)) return
    this.#isAsking = true
    void this.#isAnybodyAnswered().then(isAnswered => {
      this.#isAsking = false
      if (isAnswered === !this.#isSilent) {
        // a long question, to a server that answers: it is asked about again after as long a time
        if (isAnswered) for (const client of clients) this.#seen.delete(client)
        return
      }
      this.#isSilent = !isAnswered
      if (isAnswered) this.onAnswer()
      else {
        this.onSilence(new Date(Date.now() - longest * this.#watch.every - this.#watch.patience))
        this.#look()
      }
    })
  }

  /** A refusal is an answer too. */
  async #isAnybodyAnswered(): Promise<boolean> {
    const client = new pg.Client({ ...this.options, connectionTimeoutMillis: 0 })
    client.on('error', () => {})
    const asking = client
      .connect()
      .then(() => client.query('select 1'))
      .then(
        () => true,
        () => true,
      )
    const isAnswered = await Promise.race([asking, this.#wait()])
    ;(client as unknown as Inside).connection.stream.destroy()
    return isAnswered
  }

  /** Counted in ticks: while this process itself is held up, what the server said lies unread, and none passes. */
  async #wait(): Promise<false> {
    for (let passed = 0; passed < this.#watch.patience; passed += this.#watch.every)
      await new Promise(done => setTimeout(done, this.#watch.every).unref())
    return false
  }
}
