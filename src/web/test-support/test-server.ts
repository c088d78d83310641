import type { AddressInfo } from 'node:net'
import { html } from '../html.ts'
import { mount, type Route } from '../mount.ts'
import { makeServer, type RequestFacts, type ServerOptions, type WebServer } from '../server.ts'

export const testAssets = new Map([['style.css', { type: 'text/css', body: Buffer.from('a{}') }]])

/** A server with these routes and a log that the test can read. */
export async function testServer(
  routes: readonly Route[],
  options: Partial<ServerOptions> = {},
): Promise<{ readonly server: WebServer; readonly log: RequestFacts[] }> {
  const log: RequestFacts[] = []
  const server = await makeServer({
    csrfKey: Buffer.alloc(32, 7),
    behindTls: false,
    log: facts => log.push(facts),
    assets: testAssets,
    ...options,
  })
  mount(server, routes)
  return { server, log }
}

/** Lets the server listen on loopback and answers its port. */
export async function listen(server: WebServer): Promise<number> {
  await server.fastify.listen({ host: '127.0.0.1', port: 0 })
  const address = server.fastify.server.address()
  if (address === null || typeof address === 'string') throw new Error('the test server has no port')
  const { port }: AddressInfo = address
  return port
}

/** What a browser holds after a first page: its visit cookie and the token a form would carry. */
export async function readFirstPage(
  server: WebServer,
): Promise<{ readonly cookie: string; readonly token: string }> {
  const response = await server.fastify.inject({ method: 'GET', url: '/form' })
  const cookie = String(response.headers['set-cookie'] ?? '').split(';', 1)[0] ?? ''
  return { cookie, token: response.body }
}

/** A page whose whole content is the token of its visit. */
export const tokenRoute: Route = {
  method: 'GET',
  path: '/form',
  answer: async request => ({ kind: 'page', status: 200, page: html`${request.csrfToken}` }),
}

export const formType = { 'content-type': 'application/x-www-form-urlencoded' }
