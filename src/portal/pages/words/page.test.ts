import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'

let site: PortalSite

beforeAll(async () => {
  site = await openPortalSite()
})
afterAll(() => site.close())

test('S4 the sign-in says nothing of what it opens, and the same for anything that is wrong', async () => {
  const askForWords = await site.get('/my/words')
  expect(askForWords.text).not.toMatch(/stalk|abus|police|clinic|unwatched|client|safety/i)
  const answers: string[] = []
  for (const typed of [
    'zoo zoo zoo zoo zoo zoo zoo',
    `${site.words.open.split(' ').slice(0, 6).join(' ')} zoo`,
    site.words.open.split(' ').slice(0, 3).join(' '),
    'x'.repeat(20_000),
  ]) {
    const visitor = await site.visitor()
    const { status, text } = await visitor.post('/my/words', { words: typed })
    expect(status).toBe(422)
    expect(visitor.cookies.has('page')).toBe(false)
    answers.push(text.replace(/value="[^"]*"/g, ''))
  }
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toContain('These words are not right')
  site.pass(10)
  await site.signIn(site.words.open)
})

test('S4 sixty wrong phrases from one address do not close it to a right one', async () => {
  const visitor = await site.visitor()
  for (let each = 0; each < 65; each += 1)
    expect((await visitor.post('/my/words', { words: `zoo ${each} zoo` })).location).toBe(null)
  await site.signIn(site.words.open)
})

test('nothing typed is asked for again, right words open the client’s page, and a browser holds one session', async () => {
  const visitor = await site.visitor()
  const empty = await visitor.post('/my/words', { words: '  ' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#words">Enter your words</a>')
  const upper = site.words.open.toUpperCase().replaceAll(' ', '-')
  const right = await visitor.post('/my/words', { words: upper })
  expect(right.location).toBe('/my')
  expect(right.headers.getSetCookie().join()).toMatch(/page=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/)
  const first = visitor.cookies.get('page') ?? ''
  await visitor.post('/my/words', { words: site.words.open })
  const kept = await site.visitor()
  kept.cookies.set('page', first)
  expect((await kept.get('/my')).location).toBe('/my/start')
  expect((await visitor.get('/my')).status).toBe(200)
})
