import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { goodWorld, idOf } from '../../test/support/contact-world.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import { type Exchange, openWorld, type World, type WorldBrowser } from '../../test/support/two-worlds.ts'
import { agreeTo } from '../contact/carry-over.ts'
import { changeContactPlan } from '../contact/operations/change-plan.ts'
import { sendMessage } from '../contact/operations/send-message.ts'

// Three lives of one client, the same to the second. In the first the second phrase is never used. In the second it is,
// again and again over weeks. The third is a new client's, who does with their own words what is done there with the
// second phrase. The adversary owns every browser, and compares all of it.
let unused: World
let used: World
let fresh: World
type Story = { readonly own: readonly Exchange[]; readonly duress: readonly Exchange[] }
let seenIn: { readonly unused: Story; readonly used: Story; readonly fresh: Story }

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

beforeAll(async () => {
  ;[unused, used, fresh] = await Promise.all([openWorld(), openWorld(), openWorld()])
  seenIn = {
    unused: await live(unused, 'unused'),
    used: await live(used, 'used'),
    fresh: await live(fresh, 'fresh'),
  }
})
afterAll(() => Promise.all([unused, used, fresh].map(world => world?.close())))

const ownNote = 'The gate was open'
const theirs = 'Nothing to see here'

async function live(world: World, kind: 'unused' | 'used' | 'fresh'): Promise<Story> {
  const { caseId, clinic, site, words } = world
  const phrase = kind === 'used' ? words.duress : words.open
  const spoiled = [...phrase.slice(0, 2), 'zoo', 'zoo', 'zoo', 'zoo', 'zoo']
  const isVisited = kind !== 'unused'
  const clientBrowsers: WorldBrowser[] = []
  const duressBrowsers: WorldBrowser[] = []
  const client = () => clientBrowsers[clientBrowsers.push(world.browser()) - 1] as WorldBrowser
  const somebody = () => duressBrowsers[duressBrowsers.push(world.browser()) - 1] as WorldBrowser
  const staff = async (path: string, fields?: Readonly<Record<string, string>>) => {
    const visitor = await site.visitor('coordinator')
    return fields ? visitor.post(`/cases/${caseId}${path}`, fields) : visitor.get(`/cases/${caseId}${path}`)
  }

  // A quarter of an hour later: the work on the client's case goes on, but for a client who is new.
  world.at('2026-03-04T12:15:00Z')
  let waiting: ReturnType<typeof idOf> | null = null
  if (kind !== 'fresh') {
    await world.onContact(caseId, transaction =>
      changeContactPlan(clinic, transaction, caseId, plan =>
        agreeTo(plan, { wants: 'yes', voicemail: 'never' }),
      ),
    )
    await world.agree(caseId, goodWorld, 'client@example.org')
    await staff('')
    await site.get(`/cases/${caseId}/diary`, { as: 'stalking-advocate' })
    waiting = idOf(await world.ask(caseId, 'a1', 12))
    world.at('2026-03-04T13:00:00Z')
    const browser = client()
    expect(await browser.enter(words.open)).toBe(true)
    await browser.crawl()
    await browser.note(ownNote)
    await browser.crawl()
    await browser.out()
  }

  // Two days later somebody makes the client sign in.
  world.at('2026-03-06T18:00:00Z')
  if (isVisited) {
    const browser = somebody()
    expect(await browser.enter(phrase)).toBe(true)
    await browser.crawl()
    expect((await browser.note(theirs)).status).toBe(303)
    await browser.crawl()
    await browser.out()
  }
  // A message that was asked for comes up while nobody has looked into it.
  world.at('2026-03-06T18:03:00Z')
  if (waiting) await sendMessage(clinic, caseId, waiting)
  // Staff open the same page; in one life there is something to look into.
  world.at('2026-03-06T18:05:00Z')
  if (kind !== 'fresh') {
    const { text } = await staff('/phrase')
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
    if (kind === 'used') {
      expect(text).toContain(theirs)
      const fields = { uses: hidden('uses'), last: hidden('last'), note: 'Rang her sister at work.' }
      expect((await staff('/phrase/second', fields)).status).toBe(303)
    } else await staff('/phrase', {})
  }

  // Ten days later the client is signed in themselves when it happens again, mistyped at first; that visit ends by its
  // time.
  world.at('2026-03-16T09:00:00Z')
  const open = client()
  if (kind !== 'fresh') {
    expect(await open.enter(words.open)).toBe(true)
    await open.ask('GET', '/my/notes')
  }
  world.at('2026-03-16T09:01:00Z')
  const idle = somebody()
  if (isVisited) {
    expect(await idle.enter(spoiled)).toBe(false)
    expect(await idle.enter(phrase)).toBe(true)
    await idle.ask('GET', '/my/notes')
  }
  world.at('2026-03-16T09:05:00Z')
  if (kind !== 'fresh') for (const path of ['/my', '/my/notes', '/my/looks']) await open.ask('GET', path)
  world.at('2026-03-16T09:12:00Z')
  if (isVisited) for (const path of ['/my', '/my/notes']) await idle.ask('GET', path)

  // Somebody sits down at the client's own browser, in which they are signed in, and makes them type other words into
  // it.
  world.at('2026-03-18T20:00:00Z')
  const shared = world.browser()
  const atClient: Exchange[] = []
  if (kind !== 'fresh') {
    expect(await shared.enter(words.open)).toBe(true)
    await shared.ask('GET', '/my/notes')
    atClient.push(...shared.seen)
  }
  world.at('2026-03-18T20:03:00Z')
  if (kind === 'used') {
    await shared.ask('GET', '/my/words')
    expect((await shared.ask('POST', '/my/words', { words: words.duress.join(' ') })).status).toBe(303)
    expect((await shared.ask('GET', '/my/notes')).body).toContain(theirs)
    expect((await shared.ask('GET', '/leave')).status).toBe(303)
  } else if (kind === 'fresh') {
    // A new client does the same in a browser of their own.
    await shared.ask('GET', '/my/words')
    await shared.ask('POST', '/my/words', { words: words.open.join(' ') })
    await shared.ask('GET', '/my/notes')
    await shared.ask('GET', '/leave')
  }
  // The client's case is closed, and opened again.
  for (const [at, change] of [
    ['2026-03-20T10:00:00Z', 'close'],
    ['2026-03-21T10:00:00Z', 'open'],
  ] as const) {
    world.at(at)
    const coordinator = await site.visitor('coordinator')
    const path = `/cases/${caseId}`
    for (const each of [path, `${path}/close`]) await coordinator.get(each)
    const fields: Record<string, string> = change === 'close' ? { outcome: 'not-known' } : { again: 'yes' }
    expect((await coordinator.confirm(`${path}/close`, fields)).status).toBe(303)
    if (isVisited) {
      const browser = somebody()
      expect(await browser.enter(phrase)).toBe(change === 'open')
      await browser.ask('GET', '/my/looks')
    }
  }

  // The client is given new words, because somebody may have the old ones.
  world.at('2026-03-25T10:00:00Z')
  const renewed = await world.newWords()
  const renewedPhrase = kind === 'used' ? renewed.duress : renewed.open
  if (isVisited) expect(await somebody().enter(phrase)).toBe(false)

  // Five days later: both, with one use that nobody has looked into.
  world.at('2026-03-30T08:00:00Z')
  if (isVisited) {
    const browser = somebody()
    expect(await browser.enter(renewedPhrase)).toBe(true)
    await browser.crawl()
    await browser.note('A correction', await browser.notePath())
    await browser.crawl()
    await browser.ask('GET', '/leave')
    await browser.ask('GET', '/my')
  }
  world.at('2026-03-30T08:30:00Z')
  if (kind !== 'fresh') {
    const browser = client()
    expect(await browser.enter(renewed.open)).toBe(true)
    await browser.crawl()
    await browser.note('Another evening')
    await browser.out()
  }
  const seenBy = (browsers: readonly WorldBrowser[]) => browsers.flatMap(browser => browser.seen)
  return { own: [...seenBy(clientBrowsers), ...atClient], duress: seenBy(duressBrowsers) }
}

/** Compared one by one, so that the first difference is named. */
function expectEqual(ones: readonly Exchange[], others: readonly Exchange[]): void {
  expect(ones.length).toBe(others.length)
  ones.forEach((one, at) => {
    expect(one, `request ${at}: ${one.asked}`).toEqual(others[at])
  })
}

test('S4 whatever a client can see or measure of their own pages is equal with and without a use of the second phrase', () => {
  expect(seenIn.unused.own.length).toBeGreaterThan(200)
  expectEqual(seenIn.used.own, seenIn.unused.own)
  // It is the client's own file that was compared.
  const page = seenIn.used.own.map(({ body }) => body).join('')
  expect(page).toContain(ownNote)
  expect(page).not.toContain(theirs)
  expect(page).toContain('Saw to a message to you')
})

test('S4 whatever can be seen or measured of a visit with the second phrase is what a new client’s own visit shows', () => {
  expect(seenIn.used.duress.length).toBeGreaterThan(200)
  expectEqual(seenIn.used.duress, seenIn.fresh.duress)
  const page = seenIn.used.duress
    .filter(({ asked }) => asked.includes(' /my'))
    .map(({ body }) => body)
    .join('')
  expect(page).toContain(theirs)
  expect(page).toContain('Took down what you told us')
  expect(page).toContain('Made new words for you')
  // Staff come to it by pages, and a client reads of it.
  expect(page).toContain('Looked at the first page of your file')
  expect(page).toContain('Looked at how to reach you')
  expect(page).not.toContain(ownNote)
  expect(page).not.toMatch(/second phrase|quiet|duress|alarm/i)
})

test('S4 both lives had what they were told to have: uses, a message that was held back, and one use still open', async () => {
  const state = (world: World) =>
    asOwner(world.world.ownerUrl, async owner => {
      const { rows } = await owner.query(
        `select (select count(*)::int from unwatched.phrase_use where kind = 'duress') as duress,
                (select count(*)::int from unwatched.phrase_use where kind = 'duress' and seen_at is null) as open,
                (select string_agg(state, ' ') from unwatched.message) as messages`,
      )
      return rows[0]
    })
  expect(await state(unused)).toEqual({ duress: 0, open: 0, messages: 'sent' })
  expect(await state(used)).toEqual({ duress: 5, open: 4, messages: 'refused' })
  expect(await state(fresh)).toEqual({ duress: 0, open: 0, messages: null })
})
