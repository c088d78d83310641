import { Agent, request } from 'node:http'
import { routes } from '../../src/app/routes.ts'
import { createCase } from '../../src/cases/operations/create-case.ts'
import { receiveReferral } from '../../src/cases/operations/receive-referral.ts'
import { triageReferral } from '../../src/cases/operations/triage-referral.ts'
import { carryOverContact } from '../../src/contact/operations/carry-over-contact.ts'
import { caseParts } from '../../src/foundation/case-part.ts'
import type { CaseId } from '../../src/foundation/ids.ts'
import type { MadePhrases } from '../../src/identity/operations/make-phrases.ts'
import { newOnce } from '../../src/web/form.ts'
import { type ContactWorld, openContactWorld } from './contact-world.ts'
import { hearStatements } from './heard-statements.ts'
import { asOwner } from './test-clinic.ts'
import { openTestSite, type TestSite } from './test-site.ts'
import { toldReferral } from './told-referral.ts'

/** What came back for one request: all that can be seen from outside, and the work it took inside. */
export type Exchange = {
  readonly asked: string
  readonly status: number
  /** Names as they were sent, in their order, with their values. */
  readonly headers: readonly string[]
  readonly body: string
  /** The statements that reached the database. */
  readonly statements: readonly string[]
}

/** Somebody's browser: its cookies, and everything it was answered. */
export type WorldBrowser = {
  readonly ask: (method: string, path: string, fields?: Readonly<Record<string, string>>) => Promise<Exchange>
  /** Signs in with words and answers whether they were right. */
  readonly enter: (words: readonly string[]) => Promise<boolean>
  readonly note: (what: string, at?: string) => Promise<Exchange>
  /** Asks for every address that anybody outside can ask for, by every method. */
  readonly crawl: () => Promise<void>
  readonly out: () => Promise<void>
  /** Where the newest note on its page of notes is corrected. */
  readonly notePath: () => Promise<string>
  readonly seen: readonly Exchange[]
}

/** A clinic with one case that was opened as usual, and the phrases that were given with it. */
export type World = ContactWorld & {
  readonly site: TestSite
  readonly caseId: CaseId
  readonly words: MadePhrases
  /** Makes new words, as staff do: by the pages, from the first page of the case on. It takes three minutes. */
  readonly newWords: () => Promise<MadePhrases>
  readonly browser: () => WorldBrowser
  readonly at: (iso: string) => void
}

/** Opens a clinic at noon on 4 March 2026 with a case of the usual beginning; its client has just been given their words. */
export async function openWorld(): Promise<World> {
  const cw = await openContactWorld()
  const { world, clinic } = cw
  const site = await openTestSite(world, { clinic })
  const told = toldReferral()
  await receiveReferral(clinic, world.as('call-handler'), told, 'form-of-the-call')
  const caseId = await asOwner(world.ownerUrl, async owner => {
    const { rows } = await owner.query<{ case_id: CaseId }>('select case_id from unwatched.referral')
    return rows[0]?.case_id as CaseId
  })
  await clinic.database.transaction(world.as('coordinator'), transaction =>
    triageReferral(
      transaction,
      world.people.coordinator,
      caseId,
      {
        type: 'known-control',
        typeReasons: ['lived-together'],
        flags: [],
        judgement: 'routine',
        note: '',
        settled: [],
      },
      'form-of-the-triage',
    ),
  )
  const party = (agency: 'lead' | 'cyber' | 'stalking' | 'police') => ({
    agencyId: world.agencies[agency],
    parts: caseParts,
    until: null,
  })
  const opened = await createCase(
    clinic,
    { personId: world.people.coordinator, agencyId: world.agencies.lead },
    caseId,
    { agencies: [party('lead'), party('stalking')], how: 'spoken-on-the-phone' },
    'form-of-the-opening',
  )
  if (!opened.allowed) throw new Error(opened.because)
  await carryOverContact(clinic, caseId)
  const newWords = () => makeWords(site, caseId, minutes => world.clock.moveTo(later(world, minutes)))
  const words = await newWords()
  const statements: string[] = []
  hearStatements(clinic.database.pool, statement => statements.push(statement))
  return {
    ...cw,
    site,
    caseId,
    words,
    newWords,
    browser: () => openBrowser(site.address, statements),
    at: iso => world.clock.moveTo(iso),
    close: async () => {
      await site.close()
      await cw.close()
    },
  }
}

const later = ({ clock }: ContactWorld['world'], minutes: number): string =>
  new Date(clock.now().getTime() + minutes * 60_000).toISOString()

async function makeWords(
  site: TestSite,
  caseId: CaseId,
  pass: (minutes: number) => void,
): Promise<MadePhrases> {
  const coordinator = await site.visitor('coordinator')
  const fields = { check: 'code-words', agreed: 'yes' }
  const path = `/cases/${caseId}/phrase`
  await coordinator.get(`/cases/${caseId}`)
  pass(1)
  const isFirst = (await coordinator.get(path)).text.includes('There is none yet')
  pass(2)
  const { text } = await (isFirst ? coordinator.post(path, fields) : coordinator.confirm(path, fields))
  const [open, duress] = [...text.matchAll(/slip"><strong>([a-z ]+)<\/strong>/g)].map(match => match[1] ?? '')
  if (!open || !duress) throw new Error('no phrase was made')
  return { open: open.split(' '), duress: duress.split(' ') }
}

const unknownId = '01900000-0000-7000-8000-000000000000'

function openBrowser(address: string, statements: string[]): WorldBrowser {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const cookies = new Map<string, string>()
  const seen: Exchange[] = []
  let token = ''
  const ids = new Map<string, string>()

  /*
   * What cannot be equal, because it is drawn again for every browser or every page, and nothing else: the token of its
   * forms (random, bound to its visit cookie), the once-token of a form (random), a place in the trail (sealed under a random
   * nonce) and ids (random in their last 74 bits; the same id has the same place in the order in which a browser meets
   * them). Of a cookie, and of all of these but ids, the length stays.
   */
  const plain = (text: string): string =>
    text
      .replace(
        /(name="_(?:csrf|once)" value=")([^"]*)"/g,
        (_, start: string, value: string) => `${start}${value.length}"`,
      )
      .replace(
        /(href="\/my\/looks\?before=)([\w-]+)"/g,
        (_, start: string, value: string) => `${start}${value.length}"`,
      )
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, id => {
        if (id === unknownId) return id
        ids.set(id, ids.get(id) ?? `id ${ids.size + 1}`)
        return ids.get(id) ?? id
      })
  const plainHeader = (name: string, value: string): string =>
    name.toLowerCase() === 'date'
      ? name
      : `${name}: ${
          name.toLowerCase() === 'set-cookie'
            ? value.replace(/=([^;]*)/, (_, kept: string) => `=${kept.length}`)
            : plain(value)
        }`

  const send = (method: string, path: string, body?: string) =>
    new Promise<{ status: number; raw: readonly string[]; text: string }>((done, fail) => {
      const asking = request(
        `${address}${path}`,
        {
          method,
          agent,
          headers: {
            ...(cookies.size > 0
              ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
              : {}),
            ...(body === undefined
              ? {}
              : {
                  'content-type': 'application/x-www-form-urlencoded',
                  'content-length': Buffer.byteLength(body),
                }),
          },
        },
        answer => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('end', () =>
            done({
              status: answer.statusCode ?? 0,
              raw: answer.rawHeaders,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          )
          answer.on('error', fail)
        },
      )
      asking.on('error', fail)
      asking.end(body)
    })

  const ask: WorldBrowser['ask'] = async (method, path, fields) => {
    statements.length = 0
    const body = fields && new URLSearchParams({ _csrf: token, ...fields }).toString()
    const { status, raw, text } = await send(method, path, body)
    const headers: string[] = []
    for (let at = 0; at < raw.length; at += 2) {
      const [name = '', value = ''] = [raw[at], raw[at + 1]]
      headers.push(plainHeader(name, value))
      if (name.toLowerCase() !== 'set-cookie') continue
      const [pair = ''] = value.split(';')
      const eq = pair.indexOf('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(value)) cookies.delete(pair.slice(0, eq))
      else cookies.set(pair.slice(0, eq), pair.slice(eq + 1))
    }
    token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? token
    const exchange = {
      asked: `${method} ${plain(path)}`,
      status,
      headers,
      body: plain(text),
      statements: [...statements],
    }
    seen.push(exchange)
    return exchange
  }

  let lastNote = unknownId
  const findNote = async (): Promise<string> => {
    const { text } = await send('GET', '/my/notes')
    lastNote = /\/my\/notes\/([0-9a-f-]{36})\/correct/.exec(text)?.[1] ?? unknownId
    return `/my/notes/${lastNote}/correct`
  }
  const enter: WorldBrowser['enter'] = async words => {
    await ask('GET', '/my')
    await ask('GET', '/my/start')
    await ask('GET', '/my/words')
    const { status } = await ask('POST', '/my/words', { words: words.join(' ') })
    return status === 303
  }
  const note: WorldBrowser['note'] = async (what, at = '/my/notes/new') => {
    await ask('GET', at)
    const answer = await ask('POST', at, { what, felt: 'Cold', precision: 'unknown', _once: newOnce() })
    await findNote()
    return answer
  }
  const crawl: WorldBrowser['crawl'] = async () => {
    for (const { method, path } of addresses(lastNote)) {
      if (method === 'POST') {
        await ask('POST', path, { _csrf: 'not-a-token' })
        await ask('POST', path, {})
        await ask('POST', path, { what: '', precision: 'exact', felt: 'Typed and not saved' })
      } else for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS']) await ask(method, path)
    }
  }
  return {
    ask,
    enter,
    note,
    crawl,
    out: async () => {
      await ask('GET', '/my')
      await ask('POST', '/my/out', {})
      await ask('GET', '/my/notes')
    },
    notePath: findNote,
    seen,
  }
}

/** These end a visit, let somebody in, or count guesses of another sign-in: they are asked for where the story has them. */
const elsewhere = [
  '/leave',
  '/my/out',
  '/my/words',
  '/sign-in',
  '/sign-out',
  '/join/:token',
  '/demo-sign-in/:token',
]

/** Every address of a client and of anybody, from the table of routes, with more that lead nowhere. */
function addresses(note: string): readonly { readonly method: 'GET' | 'POST'; readonly path: string }[] {
  const open = routes.filter(route => route.kind === 'client' || route.kind === 'public')
  const told = open
    .filter(route => !(route.method === 'POST' && elsewhere.includes(route.path)) && route.path !== '/leave')
    .flatMap(({ method, path }) =>
      [note, unknownId].map(id => ({ method, path: path.replace(':note', id).replace(/:\w+/g, unknownId) })),
    )
  const more = [
    '/my/looks?before=2',
    '/my/looks?before=1',
    '/my/looks?before=100000',
    '/my/looks?before=x',
    '/my/start?out=yes',
    '/my/nothing',
    '/my/notes/nothing/correct',
    '/cases',
    '/staff',
    '/nothing',
  ].map(path => ({ method: 'GET' as const, path }))
  const seen = new Set<string>()
  return [...told, ...more].filter(({ method, path }) => {
    const is = `${method} ${path}`
    return !seen.has(is) && seen.add(is)
  })
}
