import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { groupAddress, sharesOf } from '../foundation/address-group.ts'
import type { Answer } from './answer.ts'
import { type Assets, loadAssets } from './assets.ts'
import { type PageProblem, problemPage, statusOf } from './problem-pages.ts'
import type { BodyLimits } from './read-body.ts'
import type { PageRequest } from './request.ts'
import { type ProblemStatus, RequestProblem } from './request-problem.ts'
import { securityHeaders } from './security-headers.ts'
import { serveAssets } from './serve-assets.ts'
import { type ConnectionLimits, ShareCounts, watchConnections } from './watch-connections.ts'
import { writeAnswer } from './write-answer.ts'

/** What the log may know of a request: never its address, query, fields or cookies. */
export type RequestFacts = {
  readonly method: string
  /** The pattern of the route ("/things/:thing"), never the URL; "none" when nothing matched. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  /** Given to the reader of a 500 page too. */
  readonly reference?: string
  /** What was wrong, in our words. */
  readonly problem?: string
}

export type ServerOptions = {
  /** Signs form tokens: at least 32 bytes. */
  readonly csrfKey: Uint8Array
  readonly behindTls: boolean
  /**
   * True when a proxy stands in front whose word on the other end's address may be believed: of the addresses it names,
   * the last, which is the one it saw itself. What stands before that was told by the other end.
   */
  readonly trustProxy?: boolean | undefined
  readonly serviceName?: string | undefined
  readonly log: (facts: RequestFacts) => void
  /** Called for everything that nobody expected, with the reference the reader was shown. */
  readonly fault?: (error: unknown, reference: string) => void
  /**
   * What to show when a form's token does not hold, at the address with this pattern; by default a page that says so and
   * keeps nothing.
   */
  readonly staleForm?: (request: PageRequest, pattern: string) => Answer | Promise<Answer>
  /**
   * What to answer where a page could not do its work through no fault of what was sent, and what the log calls it; null
   * where it is a fault like any other. `sent` is what the server knows of the request beside it.
   */
  readonly unserved?: (fault: unknown, request: PageRequest, sent: Sent) => Unserved | null
  readonly problemPage?: (
    problem: PageProblem,
    reference: string | undefined,
  ) => ReturnType<typeof problemPage>
  readonly limits?: Partial<ServerLimits>
  readonly assets?: Assets
}

/** What a form brought beside its fields. */
export type Sent = {
  readonly takesFiles: boolean
  /** The files that had begun to arrive. */
  readonly files: readonly { readonly field: string; readonly name: string }[]
  /** False when the form's token does not hold: it may have been made elsewhere. */
  readonly isOurs: boolean
}

export type Unserved = { readonly answer: Answer; readonly note: string }

/** Sizes in bytes, times in milliseconds. */
export type ServerLimits = BodyLimits &
  ConnectionLimits & {
    readonly headersTimeout: number
    readonly keepAliveTimeout: number
  }

export const usualLimits: ServerLimits = {
  // a page may take 15 000 characters, and one travels as twelve bytes: a form that is too long has to arrive, to be given back
  formBytes: 256 * 1024,
  formTimeout: 60_000,
  uploadIdle: 60_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 5_000,
  checkingInterval: 1_000,
  maxConnections: 2_000,
  perAddress: 200,
  youngest: 2_000,
  // 8 KB in a second is the uplink of a poor mobile line; a form of 256 KB gets a minute in all
  bodyPace: { grace: 30_000, bytesPerSecond: 8 * 1024 },
  answerPace: { grace: 30_000, bytesPerSecond: 4 * 1024 },
}

/** What of the usual limits each of so many processes may take, so that together they take no more than one would. */
export function shareLimits(processes: number): Pick<ServerLimits, 'maxConnections' | 'perAddress'> {
  const share = (most: number): number => Math.max(1, Math.floor(most / processes))
  return { maxConnections: share(usualLimits.maxConnections), perAddress: share(usualLimits.perAddress) }
}

/** A server with everything that `mount` needs to answer by the same rules. */
export type WebServer = {
  readonly fastify: FastifyInstance
  readonly options: ServerOptions
  readonly limits: ServerLimits
  /** Has the log say of a request what went wrong, in our words. */
  readonly note: (request: FastifyRequest, problem: string) => void
  readonly showProblem: (reply: FastifyReply, problem: PageProblem, reference?: string) => FastifyReply
}

const notes = new WeakMap<FastifyRequest, { readonly problem: string; readonly reference?: string }>()

/** Fastify's own refusals, as the problems they are. */
function problemOf(error: unknown): { readonly status: ProblemStatus; readonly note: string } {
  if (error instanceof RequestProblem) return { status: error.status, note: error.message }
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'fault'
  if (status === 413 || status === 415 || status === 404 || status === 503) return { status, note: code }
  if (typeof status === 'number' && status >= 400 && status < 500) return { status: 400, note: code }
  return { status: 500, note: 'fault' }
}

const shortAnswers = {
  400: '400 Bad Request',
  408: '408 Request Timeout',
  503: '503 Service Unavailable',
} as const

/**
 * Bounds the requests that one address has at once. Behind a proxy every connection is the proxy's, so this is the only
 * count that knows who asks; a proxy whose word is not believed hides everybody, and then nobody is counted.
 */
function boundRequests(
  fastify: FastifyInstance,
  { trustProxy, behindTls }: ServerOptions,
  { perAddress }: ServerLimits,
): void {
  if (behindTls && !trustProxy) return
  const counts = new ShareCounts()
  fastify.addHook('onRequest', async (request, reply) => {
    const shares = sharesOf(groupAddress(request.ip), perAddress)
    if (!counts.take(shares)) {
      reply.header('retry-after', '5').header('connection', 'close')
      throw new RequestProblem(503, 'too many requests at once from one address')
    }
    let isHeld = true
    const give = (): void => {
      if (isHeld) counts.give(shares)
      isHeld = false
    }
    reply.raw.once('finish', give).once('close', give)
  })
}

/** A reference a person can read out: sixty random bits, no letters that look alike. */
function newReference(): string {
  const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789'
  return [...randomBytes(12)].map(byte => letters[byte % letters.length]).join('')
}

/** Makes the server that all pages are mounted on; nothing is served until routes are mounted and it listens. */
export async function makeServer(options: ServerOptions): Promise<WebServer> {
  if (options.csrfKey.length < 32) throw new Error('the key for form tokens is shorter than 32 bytes')
  const limits: ServerLimits = { ...usualLimits, ...options.limits }
  const headers = securityHeaders(options.behindTls)
  const writeProblem =
    options.problemPage ??
    ((problem: PageProblem, reference: string | undefined) =>
      problemPage(problem, { serviceName: options.serviceName, reference }))

  const showProblem: WebServer['showProblem'] = (reply, problem, reference) =>
    writeAnswer(reply, { kind: 'page', status: statusOf(problem), page: writeProblem(problem, reference) })

  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, note } = problemOf(error)
    const reference = status === 500 ? newReference() : undefined
    if (reference) options.fault?.(error, reference)
    notes.set(request, reference ? { problem: note, reference } : { problem: note })
    reply.headers(headers)
    // what is left of a body we will not read must not be taken for the next request
    if (request.raw.complete === false && status !== 500) reply.header('connection', 'close')
    showProblem(reply, status, reference)
  }

  /** Ends a connection on which no page can be answered any more. */
  const turnAway = (socket: Socket, status: keyof typeof shortAnswers): void => {
    if (socket.writable) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(
        `HTTP/1.1 ${shortAnswers[status]}\r\n${lines.join('')}content-length: 0\r\nconnection: close\r\n\r\n`,
      )
    }
    socket.destroy()
  }

  const fastify = Fastify({
    logger: false,
    http: { connectionsCheckingInterval: limits.checkingInterval, headersTimeout: limits.headersTimeout },
    keepAliveTimeout: limits.keepAliveTimeout,
    // the body has its own clocks (read-body.ts): a whole upload may rightly take hours
    requestTimeout: 0,
    forceCloseConnections: true,
    trustProxy: options.trustProxy ? (_address: string, hop: number) => hop < 1 : false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => refuse(error, request, reply),
    clientErrorHandler: (error, socket) => {
      const late = 'code' in error && error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      turnAway(socket, late ? 408 : 400)
    },
  })
  // the count is kept by watchConnections, which makes room; this is what stands behind it
  fastify.server.maxConnections = limits.maxConnections + 16
  const stopWatching = watchConnections(fastify.server, {
    limits,
    countsPeers: !options.trustProxy && !options.behindTls,
    refuse: turnAway,
  })
  fastify.addHook('onClose', async () => stopWatching())
  fastify.removeAllContentTypeParsers()
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data']) {
    // the body is read by the route, so that a file can pass through without ever being held
    fastify.addContentTypeParser(type, (_request, _payload, done) => done(null))
  }
  fastify.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
  boundRequests(fastify, options, limits)
  fastify.addHook('onResponse', async (request, reply) => {
    options.log({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      ...notes.get(request),
    })
  })
  fastify.setErrorHandler((error, request, reply) => refuse(error, request, reply))
  fastify.setNotFoundHandler((request, reply) => {
    if (request.raw.complete === false) reply.header('connection', 'close')
    return showProblem(reply, 404)
  })
  serveAssets(fastify, options.assets ?? (await loadAssets()))
  const note: WebServer['note'] = (request, problem) => void notes.set(request, { problem })
  return { fastify, options, limits, note, showProblem }
}
