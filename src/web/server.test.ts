import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { goTo, showPage } from './answer.ts'
import { assetKey } from './assets.ts'
import { html } from './html.ts'
import type { Route } from './mount.ts'
import type { WebServer } from './server.ts'
import { formType, listen, readFirstPage, testServer, tokenRoute } from './test-support/test-server.ts'

const open: WebServer[] = []
const started = async (...given: Parameters<typeof testServer>) => {
  const made = await testServer(...given)
  open.push(made.server)
  return made
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.fastify.close()
})

const routes: readonly Route[] = [
  tokenRoute,
  {
    method: 'GET',
    path: '/page/:name',
    answer: async request => showPage(html`<p>${request.params['name']}</p>`),
  },
  { method: 'GET', path: '/away', answer: async () => goTo('https://example.org/') },
  { method: 'GET', path: '/odd', answer: async () => goTo('//example.org/') },
  { method: 'GET', path: '/picture', answer: async () => ({ kind: 'picture', svg: html`<svg></svg>` }) },
  { method: 'GET', path: '/json', answer: async () => ({ kind: 'json', status: 200, body: { a: 1 } }) },
  {
    method: 'GET',
    path: '/file',
    answer: async () => ({
      kind: 'download',
      name: 'Łódź "report"\r\n.pdf',
      type: 'application/pdf',
      body: Readable.from(['%PDF']),
    }),
  },
  {
    method: 'GET',
    path: '/broken',
    answer: async () => {
      throw new Error('the name of Anna Example')
    },
  },
  { method: 'POST', path: '/form', answer: async request => showPage(html`${request.form.get('a') ?? []}`) },
]

const kinds: readonly (readonly [string, 'GET' | 'PUT' | 'POST' | 'HEAD', string, number])[] = [
  ['a page', 'GET', '/page/one', 200],
  ['only the head of a page', 'HEAD', '/page/one', 200],
  ['a redirect', 'GET', '/away', 303],
  ['a picture', 'GET', '/picture', 200],
  ['data', 'GET', '/json', 200],
  ['a download', 'GET', '/file', 200],
  ['a page that is not there', 'GET', '/nowhere', 404],
  ['a method that the page does not take', 'PUT', '/page/one', 405],
  ['a path that does not decode', 'GET', '/page/%zz', 400],
  ['a path that is not UTF-8', 'GET', '/page/%ff', 400],
  ['a NUL in the path', 'GET', '/page/%00', 400],
  ['a query that does not decode', 'GET', '/page/one?a=%zz', 400],
  ['a form without its token', 'POST', '/form', 403],
  ['a fault', 'GET', '/broken', 500],
  ['an asset', 'GET', `/assets/${assetKey()}/style.css`, 200],
  ['an asset for everybody', 'GET', '/plain/style.css', 200],
  ['an asset that is not there', 'GET', `/assets/${assetKey()}/other.css`, 404],
]

test.each(kinds)('%s carries the headers that keep a visit private', async (_kind, method, url, status) => {
  const { server } = await started(routes)
  const response = await server.fastify.inject({ method, url })
  expect(response.statusCode).toBe(status)
  const { headers } = response
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['permissions-policy']).toContain('geolocation=()')
  expect(headers['permissions-policy']).toContain('camera=()')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(headers['server']).toBeUndefined()
  expect(headers['x-powered-by']).toBeUndefined()
  expect(headers['strict-transport-security']).toBeUndefined()
  const kept =
    url.startsWith('/assets/') && status === 200 ? 'public, max-age=31536000, immutable' : 'no-store'
  expect(headers['cache-control']).toBe(kept)
})

test('behind TLS the browser is told to stay there, and cookies are Secure and of this host only', async () => {
  const { server } = await started(routes, { behindTls: true })
  const { headers } = await server.fastify.inject({ method: 'GET', url: '/page/one' })
  expect(headers['strict-transport-security']).toContain('max-age=31536000')
  expect(headers['set-cookie']).toMatch(
    /^__Host-visit=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  )
})

test('only the first look of a visit says that it is one, so that a page left before is known again', async () => {
  const { server } = await started(routes)
  const { cookie } = await readFirstPage(server)
  const first = await server.fastify.inject({ method: 'GET', url: '/page/one' })
  const next = await server.fastify.inject({ method: 'GET', url: '/page/one', headers: { cookie } })
  expect(first.headers['server-timing']).toBe('first-look')
  expect(next.headers['server-timing']).toBeUndefined()
  expect(next.headers['set-cookie']).toBeUndefined()
})

test('a fault shows a reference and nothing of what went wrong, in the page and in the log', async () => {
  const faults: string[] = []
  const { server, log } = await started(routes, { fault: (_error, reference) => faults.push(reference) })
  const { body } = await server.fastify.inject({ method: 'GET', url: '/broken?name=Anna' })
  expect(body).not.toContain('Anna')
  expect(faults).toHaveLength(1)
  expect(body).toContain(faults[0])
  expect(log[0]).toMatchObject({ route: '/broken', status: 500, reference: faults[0] })
  expect(JSON.stringify(log)).not.toContain('Anna')
})

test('rule S11: the log knows the pattern of an address and never the address', async () => {
  const { server, log } = await started(routes)
  await server.fastify.inject({ method: 'GET', url: '/page/anna-example?phone=07700900000' })
  await server.fastify.inject({ method: 'GET', url: '/anna-example' })
  expect(log.map(facts => facts.route)).toEqual(['/page/:name', 'none'])
  expect(JSON.stringify(log)).not.toMatch(/anna|07700/)
})

test('an address that takes other methods says which', async () => {
  const { server } = await started(routes)
  const response = await server.fastify.inject({ method: 'DELETE', url: '/form' })
  expect(response.headers['allow']).toBe('GET, POST, HEAD')
})

test('a page cannot send the reader to a place that is not an address', async () => {
  const { server } = await started(routes)
  expect((await server.fastify.inject({ method: 'GET', url: '/odd' })).statusCode).toBe(500)
})

test('a download is never shown in the page, and its name cannot break the header', async () => {
  const { server } = await started(routes)
  const { headers } = await server.fastify.inject({ method: 'GET', url: '/file' })
  expect(headers['content-disposition']).toBe(
    `attachment; filename="__d_ _report___.pdf"; filename*=UTF-8''%C5%81%C3%B3d%C5%BA%20%22report%22%0D%0A.pdf`,
  )
  expect(headers['content-security-policy']).toContain('sandbox')
})

test('a body that is not a form is refused', async () => {
  const { server } = await started(routes)
  const headers = { 'content-type': 'application/json' }
  const response = await server.fastify.inject({ method: 'POST', url: '/form', headers, payload: '{}' })
  expect(response.statusCode).toBe(415)
})

test.each([
  ['%zz', 400],
  ['a=%ff', 400],
  ['a=%00', 400],
  [`a=${'x'.repeat(270_000)}`, 413],
  [Array.from({ length: 1001 }, () => 'a').join('&'), 400],
])('a form of "%.12s…" gets a clear answer', async (payload, status) => {
  const { server } = await started(routes)
  const response = await server.fastify.inject({ method: 'POST', url: '/form', headers: formType, payload })
  expect(response.statusCode).toBe(status)
  expect(response.body).toContain('<h1 class="govuk-heading-l">')
})

test('bytes that are not UTF-8 are refused, not guessed at', async () => {
  const { server } = await started(routes)
  const payload = Buffer.from([0x61, 0x3d, 0xff, 0xfe])
  const response = await server.fastify.inject({ method: 'POST', url: '/form', headers: formType, payload })
  expect(response.statusCode).toBe(400)
})

test('what was typed arrives as it was typed', async () => {
  const { server } = await started(routes)
  const { cookie, token } = await readFirstPage(server)
  const payload = new URLSearchParams([
    ['_csrf', token],
    ['a', 'Łódź 🌍 + & =\r\n'],
    ['a', '٣'],
  ]).toString()
  const headers = { ...formType, cookie }
  const response = await server.fastify.inject({ method: 'POST', url: '/form', headers, payload })
  expect(response.body).toBe('Łódź 🌍 + &amp; =\r\n٣')
})

async function closedAfter(server: WebServer, sent: string): Promise<string> {
  const port = await listen(server)
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.on('data', chunk => {
    received += chunk.toString()
  })
  socket.on('error', () => {}) // a reset closes it too
  socket.write(sent)
  await once(socket, 'close')
  return received
}

const quick = { limits: { headersTimeout: 150, formTimeout: 150, uploadIdle: 150, checkingInterval: 50 } }

test('rule S13: who sends headers one byte at a time is shown out', async () => {
  const { server } = await started(routes, quick)
  const received = await closedAfter(server, 'GET /form HTTP/1.1\r\nHost: a\r\nX-Slow: ')
  expect(received).toContain('408')
  expect(received).toContain('no-store')
})

test('rule S13: who never finishes a form is shown out', async () => {
  const { server } = await started(routes, quick)
  const head =
    'POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\n'
  expect(await closedAfter(server, `${head}a=1`)).not.toContain('200')
})

test('rule S13: who never finishes an upload is shown out', async () => {
  const { server } = await started(routes, quick)
  const head =
    'POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500\r\n\r\n'
  expect(await closedAfter(server, `${head}--b\r\n`)).not.toContain('200')
})

test('a request that is not HTTP is answered by the same rules', async () => {
  const { server } = await started(routes, quick)
  const received = await closedAfter(server, 'nonsense\r\n\r\n')
  expect(received).toContain('400')
  expect(received).toContain('referrer-policy: no-referrer')
})
