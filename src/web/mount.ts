import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { Answer } from './answer.ts'
import { readCookies, writeCookie } from './cookie.ts'
import {
  carriesToken,
  comesFromAnotherSite,
  newVisit,
  tokenField,
  tokenForVisit,
  visitCookie,
} from './csrf.ts'
import { noBody, readBody, type UploadLimits } from './read-body.ts'
import { fieldText, type PageRequest, type Upload } from './request.ts'
import { RequestProblem } from './request-problem.ts'
import type { WebServer } from './server.ts'
import { isSpeculative } from './speculative-request.ts'
import { readPairs } from './urlencoded.ts'
import { writeAnswer } from './write-answer.ts'

/** One address: who answers it, and how much it takes. */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly upload?: UploadLimits
  readonly answer: (request: PageRequest) => Promise<Answer>
}

const otherMethods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function readParams(request: FastifyRequest): Readonly<Record<string, string>> {
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.params ?? {})) {
    if (typeof value !== 'string') continue
    if (/[\0\ufffd]/.test(value)) throw new RequestProblem(400, 'a path that is not text')
    params[name] = value
  }
  return params
}

function readQuery(url: string): URLSearchParams {
  const start = url.indexOf('?')
  const query = new URLSearchParams()
  if (start >= 0) for (const [name, value] of readPairs(url.slice(start + 1))) query.append(name, value)
  return query
}

/**
 * Lets go of what a page did not read of an upload once it has answered: a known rest is read and dropped, so that
 * the sender gets to see the answer; a rest of unknown length ends the connection.
 */
function dropTheRest(request: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => {
    const { raw } = request
    if (raw.complete) return
    raw.unpipe()
    if (raw.headers['content-length'] === undefined) raw.destroy()
    else raw.resume()
  })
}

/** Aborted when the connection goes before the answer was written. */
function endOf(reply: FastifyReply): AbortSignal {
  const ending = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) ending.abort()
  })
  return ending.signal
}

/** Says that there is such an address and nothing else: the page is not run, so nothing was looked at and nothing is new. */
// RFC 9110, section 9.3.2: fields that are worked out only with the content may be left out
function answerHead(reply: FastifyReply): FastifyReply {
  return reply.code(200).type('text/html; charset=utf-8').send()
}

/** An answer that is no page makes the browser drop it and ask again once somebody wants to see it. */
// HTML Standard, 7.6.2: a prefetch whose status is not an ok status is not used
function refuseSpeculative(reply: FastifyReply): FastifyReply {
  return reply.code(503).header('vary', 'Sec-Purpose, Purpose').send()
}

async function answerRequest(
  server: WebServer,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (request.method === 'HEAD') return answerHead(reply)
  if (isSpeculative(request.headers)) return refuseSpeculative(reply)
  const { options, limits } = server
  const isPost = route.method === 'POST'
  const { origin, 'sec-fetch-site': fetchSite } = request.headers
  const site = typeof fetchSite === 'string' ? fetchSite : undefined
  if (isPost && comesFromAnotherSite({ origin, fetchSite: site, host: request.host })) {
    throw new RequestProblem(403, 'a form from another site')
  }
  const cookies = readCookies(request.headers.cookie, options)
  const known = cookies.get(visitCookie)
  const visit = known ?? newVisit()
  const params = readParams(request)
  const query = readQuery(request.url)
  if (isPost) dropTheRest(request, reply)
  else if (request.raw.complete === false) reply.header('connection', 'close')
  const { form, uploads } = isPost ? await readBody(request.raw, route.upload, limits) : noBody
  const files: { readonly field: string; readonly name: string }[] = []
  const page: PageRequest = {
    method: route.method,
    path: request.url.split('?', 1)[0] ?? '/',
    params,
    query,
    form,
    uploads: noteUploads(uploads, files),
    cookies,
    address: request.ip,
    ended: endOf(reply),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 1000),
    csrfToken: tokenForVisit(options.csrfKey, visit),
  }
  if (known === undefined) {
    reply.header('set-cookie', writeCookie(visitCookie, visit, options))
    // start.js reads it: a page that Back brings up in a visit of its own was left before (W3C Server Timing)
    reply.header('server-timing', 'first-look')
  }
  const holds = !isPost || carriesToken(options.csrfKey, known, fieldText(form, tokenField))
  if (!holds && !options.staleForm) return server.showProblem(reply, 'stale form')
  try {
    const answer = holds ? await route.answer(page) : await options.staleForm?.(page, route.path)
    if (!answer) return server.showProblem(reply, 'stale form')
    return writeAnswer(reply, answer)
  } catch (fault) {
    if (route.upload && files.length === 0) await lookForFile(page.uploads)
    const sent = { takesFiles: route.upload !== undefined, files, isOurs: holds }
    const unserved = options.unserved?.(fault, page, sent)
    if (!unserved) throw fault
    server.note(request, unserved.note)
    return writeAnswer(reply, unserved.answer)
  }
}

/** Hands the files on, and remembers what each was called. */
async function* noteUploads(
  uploads: PageRequest['uploads'],
  files: { readonly field: string; readonly name: string }[],
): AsyncGenerator<Upload> {
  for await (const upload of uploads) {
    if (upload.name !== '') files.push({ field: upload.field, name: upload.name })
    yield upload
  }
}

/** How long a page that could not do its work waits to learn whether a file came with the form, in milliseconds. */
const waitForFile = 1000

async function lookForFile(uploads: PageRequest['uploads']): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const first = uploads[Symbol.asyncIterator]().next()
  const waiting = new Promise<void>(done => {
    late = setTimeout(done, waitForFile)
  })
  await Promise.race([first.then(found => found.value?.body.destroy()).catch(() => {}), waiting])
  clearTimeout(late)
}

/** Mounts pages on the server. An address that takes other methods answers 405 and says which it takes. */
// RFC 9110, section 15.5.6: a 405 must carry Allow
export function mount(server: WebServer, routes: readonly Route[]): void {
  const methodsOf = new Map<string, Set<HTTPMethods>>()
  for (const route of routes) {
    const methods = methodsOf.get(route.path) ?? new Set()
    methodsOf.set(route.path, methods.add(route.method))
    server.fastify.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => answerRequest(server, route, request, reply),
    })
  }
  for (const [url, methods] of methodsOf) {
    const allow = [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].join(', ')
    server.fastify.route({
      method: otherMethods.filter(method => !methods.has(method)),
      url,
      handler: (request, reply) => {
        if (request.raw.complete === false) reply.header('connection', 'close')
        return server.showProblem(reply.header('allow', allow), 405)
      },
    })
  }
}
