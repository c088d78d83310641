import { request as ask } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { showPage } from './answer.ts'
import { html } from './html.ts'
import type { Route } from './mount.ts'
import type { WebServer } from './server.ts'
import { listen, readFirstPage, testServer, tokenRoute } from './test-support/test-server.ts'

const open: WebServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.fastify.close()
})

const upload: Route = {
  method: 'POST',
  path: '/upload',
  upload: { maxBytes: 20_000_000 },
  answer: async request => {
    const sizes: string[] = []
    for await (const file of request.uploads) {
      let size = 0
      for await (const chunk of file.body) size += chunk.length
      sizes.push(`${file.name} ${size}`)
    }
    return showPage(html`${sizes.join(', ')}`)
  },
}

const piece = (disposition: string, content: string): string =>
  `--edge\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`

/** Sends a multipart form as a browser does and answers status and page. */
async function send(
  port: number,
  body: string,
  headers: Record<string, string>,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = ask({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/upload',
      headers: {
        'content-type': 'multipart/form-data; boundary=edge',
        'content-length': body.length,
        ...headers,
      },
    })
    sent.on('response', async response => {
      let text = ''
      for await (const chunk of response) text += String(chunk)
      resolve({ status: response.statusCode, text })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const large = 'x'.repeat(5_000_000)

async function started(): Promise<{
  readonly port: number
  readonly cookie: string
  readonly token: string
}> {
  const { server } = await testServer([tokenRoute, upload])
  open.push(server)
  return { port: await listen(server), ...(await readFirstPage(server)) }
}

test('files pass through to the page, in order and whole', async () => {
  const { port, cookie, token } = await started()
  const files = `${piece('name="f"; filename="one"', large)}${piece('name="f"; filename="two"', 'short')}`
  const answer = await send(port, `${piece('name="_csrf"', token)}${files}--edge--\r\n`, { cookie })
  expect(answer).toEqual({ status: 200, text: 'one 5000000, two 5' })
})

test('a file without its token is not read, and the sender still sees why', async () => {
  const { port, cookie } = await started()
  const answer = await send(port, `${piece('name="f"; filename="one"', large)}--edge--\r\n`, { cookie })
  expect(answer.status).toBe(403)
  expect(answer.text).toContain('This page was out of date')
})

test('an upload that says it is larger than the page takes is refused before it is read', async () => {
  const { port, cookie } = await started()
  const answer = send(port, `${piece('name="f"; filename="one"', large.repeat(5))}--edge--\r\n`, { cookie })
  // the sender sees the page, or the connection end: in both cases nothing was kept
  const seen = await answer.then(
    ({ status }) => status,
    () => 413,
  )
  expect(seen).toBe(413)
})
