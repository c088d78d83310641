import { afterEach, expect, test } from 'vitest'
import { showPage } from './answer.ts'
import { comesFromAnotherSite, tokenForVisit } from './csrf.ts'
import { html } from './html.ts'
import type { Route } from './mount.ts'
import { fieldText } from './request.ts'
import type { WebServer } from './server.ts'
import { formType, readFirstPage, testServer, tokenRoute } from './test-support/test-server.ts'

let acts = 0
const act: Route = {
  method: 'POST',
  path: '/act',
  answer: async () => {
    acts += 1
    return showPage(html`done`)
  },
}

const open: WebServer[] = []
const started = async (...given: Parameters<typeof testServer>) => {
  acts = 0
  const { server } = await testServer(...given)
  open.push(server)
  return server
}
afterEach(async () => {
  for (const server of open.splice(0)) await server.fastify.close()
})

const post = (server: WebServer, payload: string, headers: Record<string, string>) =>
  server.fastify.inject({ method: 'POST', url: '/act', headers: { ...formType, ...headers }, payload })

test('a form with the token of its own visit is taken', async () => {
  const server = await started([tokenRoute, act])
  const { cookie, token } = await readFirstPage(server)
  expect((await post(server, `_csrf=${token}`, { cookie })).statusCode).toBe(200)
  expect(acts).toBe(1)
})

test('a form without token, with a wrong one, or with the token of another visit changes nothing', async () => {
  const server = await started([tokenRoute, act])
  const mine = await readFirstPage(server)
  const other = await readFirstPage(server)
  const { cookie } = mine
  const tries = [
    '',
    '_csrf=',
    '_csrf=wrong',
    `_csrf=${other.token}`,
    `_csrf=${mine.token}x`,
    `_csrf=x&_csrf=${mine.token}`,
  ]
  for (const payload of tries) expect((await post(server, payload, { cookie })).statusCode).toBe(403)
  expect((await post(server, `_csrf=${mine.token}`, {})).statusCode).toBe(403)
  expect(acts).toBe(0)
})

test('a token made with another key is worth nothing', async () => {
  const server = await started([tokenRoute, act])
  const { cookie } = await readFirstPage(server)
  const forged = tokenForVisit(Buffer.alloc(32, 8), cookie.split('=')[1] ?? '')
  expect((await post(server, `_csrf=${forged}`, { cookie })).statusCode).toBe(403)
})

test('a form that another site sends is refused before anything is read, even with its token', async () => {
  const server = await started([tokenRoute, act])
  const { cookie, token } = await readFirstPage(server)
  const payload = `_csrf=${token}`
  for (const headers of [
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'not an origin' },
  ]) {
    const given: Record<string, string> = { cookie, host: 'here.example' }
    const response = await post(server, payload, { ...given, ...headers })
    expect(response.statusCode).toBe(403)
    expect(response.body).toContain('This came from another site')
  }
  expect(acts).toBe(0)
})

test('our own form is taken although it is sent with no origin, as no-referrer makes browsers do', () => {
  const host = 'here.example'
  expect(comesFromAnotherSite({ origin: 'null', fetchSite: 'same-origin', host })).toBe(false)
  expect(comesFromAnotherSite({ origin: undefined, fetchSite: undefined, host })).toBe(false)
  expect(comesFromAnotherSite({ origin: 'https://here.example', fetchSite: 'same-origin', host })).toBe(false)
})

test('when a form is out of date the application decides what becomes of what was typed', async () => {
  const server = await started([tokenRoute, act], {
    staleForm: async request => showPage(html`${fieldText(request.form, 'story')}`, 403),
  })
  const { cookie } = await readFirstPage(server)
  const response = await post(server, 'story=long+text', { cookie })
  expect(response.body).toBe('long text')
  expect(acts).toBe(0)
})

test('by default nothing that was typed comes back from a form that is out of date', async () => {
  const server = await started([tokenRoute, act])
  const response = await post(server, 'story=long+text', {})
  expect(response.body).toContain('This page was out of date')
  expect(response.body).not.toContain('long text')
})
