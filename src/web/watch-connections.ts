import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type AddressGroup, groupAddress, type Share, sharesOf } from '../foundation/address-group.ts'
import { type ConnectionProgress, findLeastUseful, type Stage } from './connection-stage.ts'
import { mostMilliseconds, type Pace } from './pace.ts'

/** Times in milliseconds. */
export type ConnectionLimits = {
  /** How often connections are looked at. */
  readonly checkingInterval: number
  /** The most connections in all. */
  readonly maxConnections: number
  /** The most connections, and the most requests at once, from one IPv4 address; see `sharesOf` for IPv6. */
  readonly perAddress: number
  /** For how long the other end is waited for before its connection may be closed to make room. */
  readonly youngest: number
  /** How slowly a body of any kind may arrive. */
  readonly bodyPace: Pace
  /** How slowly an answer may be read. */
  readonly answerPace: Pace
}

/** Counts what each address has a share in. */
export class ShareCounts {
  readonly #counts = new Map<string, number>()

  /** Takes one of each share; false when one of them is used up, and then nothing is taken. */
  take(shares: readonly Share[]): boolean {
    if (shares.some(({ key, most }) => (this.#counts.get(key) ?? 0) >= most)) return false
    for (const { key } of shares) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    return true
  }

  give(shares: readonly Share[]): void {
    for (const { key } of shares) {
      const left = (this.#counts.get(key) ?? 1) - 1
      if (left > 0) this.#counts.set(key, left)
      else this.#counts.delete(key)
    }
  }
}

type Watched = {
  -readonly [Key in keyof ConnectionProgress]: ConnectionProgress[Key]
} & {
  readonly socket: Socket
  readonly shares: readonly Share[]
  request: IncomingMessage | null
  response: ServerResponse | null
  /** The byte count at which the stage began. */
  from: number
  /** What had been read when the last answer was finished. */
  readBefore: number
}

export type WatchOptions = {
  readonly limits: ConnectionLimits
  /** False when the other end of every connection is a proxy: then its address says nothing about who asks. */
  readonly countsPeers: boolean
  /** Ends a connection with a status, before anything was answered on it. */
  readonly refuse: (socket: Socket, status: 408 | 503) => void
}

/**
 * Keeps the clocks and counts of every connection (rule S13): a body and the reading of an answer have to keep a pace,
 * one address has so many connections and no more, and when there are as many as there may be, the least useful is
 * closed for the next. Heads and the time between two requests have Node's own clocks.
 */
export function watchConnections(server: Server, options: WatchOptions): () => void {
  const { limits, countsPeers, refuse } = options
  const all = new Map<Socket, Watched>()
  const counts = new ShareCounts()

  const makeRoom = (): boolean => {
    if (all.size < limits.maxConnections) return true
    const now = performance.now()
    for (const one of all.values()) look(one, now, 0)
    const least = findLeastUseful(all.values(), limits.youngest)
    least?.socket.destroy()
    if (least) forget(least)
    return least !== null
  }
  /** An address that has all it may have gets the place of one of its own that waits for nothing. */
  const closeIdle = (shares: readonly Share[]): boolean => {
    const now = performance.now()
    for (const one of all.values()) {
      if (!one.shares.some(({ key }) => shares.some(share => share.key === key))) continue
      look(one, now, 0)
      if (one.stage !== 'idle') continue
      one.socket.destroy()
      forget(one)
      return true
    }
    return false
  }
  const forget = (one: Watched): void => {
    if (all.delete(one.socket)) counts.give(one.shares)
  }

  server.on('connection', (socket: Socket) => {
    const group: AddressGroup = groupAddress(socket.remoteAddress ?? '')
    const shares = countsPeers ? sharesOf(group, limits.perAddress) : []
    if (!counts.take(shares) && !(closeIdle(shares) && counts.take(shares))) return refuse(socket, 503)
    if (!makeRoom()) {
      counts.give(shares)
      return refuse(socket, 503)
    }
    const now = performance.now()
    const one: Watched = {
      socket,
      shares,
      request: null,
      response: null,
      stage: 'head',
      since: now,
      moved: 0,
      from: 0,
      waited: 0,
      readBefore: -1,
    }
    all.set(socket, one)
    socket.once('close', () => forget(one))
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const one = all.get(request.socket)
    if (!one) return
    one.request = request
    one.response = response
    enter(one, 'ours', performance.now())
  })

  let looked = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    // while this program itself stood still, nobody was slow
    const elapsed = Math.min(now - looked, limits.checkingInterval * 2)
    looked = now
    for (const one of all.values()) {
      look(one, now, elapsed)
      if (isTooSlow(one, limits)) show(one, refuse)
    }
  }, limits.checkingInterval)
  timer.unref()
  return () => clearInterval(timer)
}

function show(one: Watched, refuse: WatchOptions['refuse']): void {
  if (one.stage === 'body' && one.response?.headersSent === false) refuse(one.socket, 408)
  else one.socket.destroy()
}

function isTooSlow(one: Watched, { bodyPace, answerPace }: ConnectionLimits): boolean {
  if (one.stage === 'body') return one.waited > mostMilliseconds(one.moved, bodyPace)
  // what we have handed over and they have not taken yet counts as well: it is one piece, and its parts are not told
  if (one.stage === 'answer')
    return one.waited > mostMilliseconds(one.moved + one.socket.writableLength, answerPace)
  return false
}

function enter(one: Watched, stage: Stage, now: number): void {
  one.stage = stage
  one.since = now
  one.moved = 0
  one.waited = 0
  one.from = stage === 'answer' ? taken(one.socket) : one.socket.bytesRead
}

/** The bytes that the other end's machine has taken. */
const taken = (socket: Socket): number => (socket.bytesWritten ?? 0) - socket.writableLength

/** Sees where a connection stands now. `elapsed` is the time since the last check, in which it may have waited. */
function look(one: Watched, now: number, elapsed: number): void {
  const { stage, waits } = stageOf(one)
  if (stage === 'idle' && one.readBefore < 0) one.readBefore = one.socket.bytesRead
  if (stage !== 'idle' && stage !== 'head') one.readBefore = -1
  // a body that is held back for a while stays one body
  if (stage !== one.stage && !(stage === 'ours' && one.stage === 'body' && isArriving(one))) {
    enter(one, stage, now)
    return
  }
  one.moved = (one.stage === 'answer' ? taken(one.socket) : one.socket.bytesRead) - one.from
  if (waits) one.waited += elapsed
}

const isArriving = ({ request }: Watched): boolean =>
  request !== null && !request.complete && !request.destroyed

function stageOf(one: Watched): { readonly stage: Stage; readonly waits: boolean } {
  const { request, response, socket } = one
  if (!request || !response) return { stage: 'head', waits: true }
  if (isArriving(one)) {
    const isHeld = request.readableFlowing !== true || request.readableLength > 0
    return isHeld ? { stage: 'ours', waits: false } : { stage: 'body', waits: true }
  }
  if (response.writableFinished || response.destroyed) {
    const hasBegun = one.readBefore >= 0 && socket.bytesRead > one.readBefore
    return { stage: hasBegun ? 'head' : 'idle', waits: true }
  }
  return socket.writableLength > 0 ? { stage: 'answer', waits: true } : { stage: 'ours', waits: false }
}
