import { connect, type Socket } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { showPage } from './answer.ts'
import { html } from './html.ts'
import type { Route } from './mount.ts'
import type { ServerLimits, ServerOptions, WebServer } from './server.ts'
import { listen, testServer, tokenRoute } from './test-support/test-server.ts'

const servers: WebServer[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) await server.fastify.close()
})

const large = 'x'.repeat(8 * 1024 * 1024)
let held: () => void = () => {}
const routes: readonly Route[] = [
  tokenRoute,
  { method: 'POST', path: '/form', answer: async () => showPage(html`taken`) },
  {
    method: 'POST',
    path: '/upload',
    upload: { maxBytes: 20_000_000 },
    answer: async () => showPage(html`taken`),
  },
  { method: 'GET', path: '/large', answer: async () => showPage(html`${large}`) },
  {
    method: 'GET',
    path: '/work',
    answer: async () => {
      await new Promise<void>(done => (held = done))
      return showPage(html`done`)
    },
  },
]

// quick clocks, with the drip well under each of them: only a clock on the whole can end it
const quick: Partial<ServerLimits> = {
  headersTimeout: 300,
  formTimeout: 300,
  uploadIdle: 300,
  checkingInterval: 50,
  bodyPace: { grace: 300, bytesPerSecond: 10_000 },
  answerPace: { grace: 300, bytesPerSecond: 1e9 },
}

async function started(
  limits: Partial<ServerLimits> = {},
  options: Partial<ServerOptions> = {},
): Promise<number> {
  const { server } = await testServer(routes, { ...options, limits: { ...quick, ...limits } })
  servers.push(server)
  return listen(server)
}

function dial(port: number, more: { host?: string; localAddress?: string } = {}): Socket & { text: string } {
  const socket = Object.assign(connect({ port, host: '127.0.0.1', ...more }), { text: '' })
  sockets.push(socket)
  socket.on('data', chunk => (socket.text += String(chunk)))
  socket.on('error', () => {}) // a reset closes it too
  return socket
}

// not `once`: a reset is reported before the close
const closed = (socket: Socket): Promise<void> => new Promise(done => socket.once('close', () => done()))

/** Sends one byte now and then, until shown out; answers what came back. Gives up after a while, so that it can fail. */
async function drip(port: number, head: string): Promise<string> {
  const socket = dial(port)
  socket.write(head)
  const dripping = setInterval(() => socket.writable && socket.write('a'), 40)
  const ended = closed(socket).then(() => socket.text)
  const answer = await Promise.race([ended, rest(6_000, 'still open', { ref: false })])
  clearInterval(dripping)
  return answer
}

const post = (path: string, type: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\n${type}Content-Length: 60000\r\n\r\n`
const form = 'Content-Type: application/x-www-form-urlencoded\r\n'
const files = 'Content-Type: multipart/form-data; boundary=b\r\n'

test.each([
  ['a head', 'GET /form HTTP/1.1\r\nHost: a\r\nX-Slow: '],
  ['a form', post('/form', form)],
  ['a form in parts', `${post('/form', files)}--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n`],
  [
    'an upload',
    `${post('/upload', files)}--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n`,
  ],
  ['a form of a kind that is not taken', post('/form', 'Content-Type: text/plain\r\n')],
  ['a form without a kind', post('/form', '')],
  ['a body for a page that is not there', post('/nowhere', form)],
  ['a body that a page does not take', post('/form', form).replace('POST', 'PUT')],
  ['a body with a GET', post('/form', form).replace('POST', 'GET')],
  [
    'a body in chunks',
    `POST /form HTTP/1.1\r\nHost: a\r\n${form}Transfer-Encoding: chunked\r\n\r\n10000\r\n`,
  ],
])('S13 who sends %s a byte at a time is shown out, however steadily they send', async (_what, head) => {
  const port = await started()
  expect(await drip(port, head)).not.toBe('still open')
})

test('S13 the next request on a connection that was answered has the same clock', async () => {
  const port = await started({ keepAliveTimeout: 300 })
  expect(await drip(port, 'GET /form HTTP/1.1\r\nHost: a\r\n\r\nGET /form HTTP/1.1\r\nX-Slow: ')).not.toBe(
    'still open',
  )
})

test('S13 who does not read what they asked for is shown out', async () => {
  const port = await started()
  const socket = dial(port)
  socket.pause()
  socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n')
  const [server] = servers
  await expect.poll(() => count(server), { timeout: 5_000 }).toBe(1)
  await expect.poll(() => count(server), { timeout: 5_000 }).toBe(0)
})

test('S13 who keeps the pace is not shown out, though it takes longer than the grace', async () => {
  const port = await started({ bodyPace: { grace: 300, bytesPerSecond: 1_000 }, uploadIdle: 5_000 })
  const socket = dial(port)
  const body = Buffer.alloc(60_000, 'a')
  socket.write(post('/upload', files))
  for (let at = 0; at < body.length; at += 5_000) {
    socket.write(body.subarray(at, at + 5_000))
    await rest(60)
  }
  await expect.poll(() => socket.text, { timeout: 5_000 }).toMatch(/^HTTP\/1\.1 400/)
})

const count = (server: WebServer | undefined): Promise<number> =>
  new Promise(done => server?.fastify.server.getConnections((_error, open) => done(open)))

async function look(port: number, more: Parameters<typeof dial>[1] = {}, head = ''): Promise<string> {
  const socket = dial(port, more)
  socket.write(`GET /form HTTP/1.1\r\nHost: a\r\n${head}Connection: close\r\n\r\n`)
  await closed(socket)
  return socket.text.split('\r\n', 1)[0] ?? ''
}

test('S13 one address holds so many connections and no more, and everybody else is served', async () => {
  const port = await started({ headersTimeout: 60_000, perAddress: 20 })
  const [server] = servers
  const slow = Array.from({ length: 60 }, () => dial(port))
  for (const socket of slow) socket.write('GET /form HTTP/1.1\r\nX-Slow: ')
  await expect.poll(() => count(server), { timeout: 5_000 }).toBe(20)
  expect(await look(port)).toContain('503')
  expect(await look(port, { localAddress: '127.0.0.2' })).toContain('200')
  slow.find(socket => !socket.destroyed && socket.text === '')?.destroy()
  await expect.poll(() => look(port), { timeout: 5_000 }).toContain('200')
})

test('S13 many addresses with slow connections to the last one do not shut anybody out: the slowest makes room', async () => {
  const port = await started({
    headersTimeout: 60_000,
    formTimeout: 60_000,
    perAddress: 20,
    maxConnections: 30,
    youngest: 150,
    bodyPace: { grace: 60_000, bytesPerSecond: 1 },
  })
  const [server] = servers
  const work = dial(port, { localAddress: '127.0.0.9' })
  work.write('GET /work HTTP/1.1\r\nHost: a\r\n\r\n')
  for (let each = 0; each < 29; each += 1) {
    const socket = dial(port, { localAddress: `127.0.1.${each + 1}` })
    socket.write(each % 2 === 0 ? 'GET /form HTTP/1.1\r\nX-Slow: ' : post('/form', form))
  }
  await expect.poll(() => count(server), { timeout: 5_000 }).toBe(30)
  await rest(500)
  for (let each = 0; each < 10; each += 1)
    expect(await look(port, { localAddress: '127.0.0.2' })).toContain('200')
  held()
  await expect.poll(() => work.text, { timeout: 5_000 }).toContain('200 OK')
})

test('S13 behind a proxy that is believed, the client is counted and the proxy is not', async () => {
  const port = await started({ perAddress: 2 }, { trustProxy: true, behindTls: true })
  const as = (address: string): string => `X-Forwarded-For: ${address}\r\n`
  const busy = (address: string): Socket => {
    const socket = dial(port)
    socket.write(`GET /work HTTP/1.1\r\nHost: a\r\n${as(address)}\r\n`)
    return socket
  }
  for (let other = 0; other < 10; other += 1) busy(`198.51.100.${other}`)
  busy('192.0.2.1')
  busy('192.0.2.1')
  await expect.poll(() => look(port, {}, as('192.0.2.1')), { timeout: 5_000 }).toContain('503')
  // what the other end put before the proxy's own word buys nothing, and blames nobody
  expect(await look(port, {}, as('203.0.113.7, 192.0.2.1'))).toContain('503')
  expect(await look(port, {}, as('192.0.2.1, 203.0.113.7'))).toContain('200')
})

test('S13 a proxy whose word is not believed hides everybody, so nobody is counted and nobody is shut out', async () => {
  const port = await started({ perAddress: 2, keepAliveTimeout: 5_000 }, { behindTls: true })
  for (let other = 0; other < 10; other += 1) dial(port).write('GET /work HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await look(port, {}, 'X-Forwarded-For: 192.0.2.1\r\n')).toContain('200')
})
