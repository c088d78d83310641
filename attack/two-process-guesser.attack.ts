import { Agent, request } from 'node:http'
import { sayTimes } from './support/figures.ts'
import { type GuessedAt, prepareGuessedAt } from './support/guessed-at.ts'
import { serveClinic } from './support/served-clinic.ts'

export const name =
  'guessers alternate between two servers and never stop, while the person they guess at comes in'

/** How long each of the floods lasts, in milliseconds. */
const lasts = 5_000
/** Guesses that run at once. */
const hands = 60
/** Within so many tries, each a moment after the last, the person who is right is in. */
const mostTries = 3

type Fields = Readonly<Record<string, string>>
type Reply = { readonly status: number; readonly cookies: readonly string[]; readonly text: string }

const owners = '203.0.113.7'
const network = (): number => 1 + Math.floor(Math.random() * 222)
/** Addresses all over the world, as of many hired machines. */
const anywhere = (): string => [network(), network(), network(), network()].join('.')
/** Addresses of one hired machine with a whole /48: as many subscribers as it likes. */
const oneSite = (): string => `2001:db8:7:${Math.floor(Math.random() * 65_536).toString(16)}::1`

/** Asks as from an address, which the server believes of a proxy. */
function ask(
  agent: Agent,
  server: string,
  path: string,
  sent: { readonly from: string; readonly cookie?: string; readonly fields?: Fields },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const body = sent.fields && new URLSearchParams(sent.fields).toString()
    const headers = {
      'x-forwarded-for': sent.from,
      ...(sent.cookie ? { cookie: sent.cookie } : {}),
      ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } : {}),
    }
    const asked = request(`${server}${path}`, { agent, method: body ? 'POST' : 'GET', headers }, answer => {
      const parts: Buffer[] = []
      answer.on('data', part => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const cookies = (answer.headers['set-cookie'] ?? []).map(line => line.split(';', 1)[0] ?? '')
        resolve({ status: answer.statusCode ?? 0, cookies, text: Buffer.concat(parts).toString() })
      })
    })
    asked.setTimeout(30_000, () => asked.destroy(new Error('no answer within half a minute')))
    asked.on('error', reject)
    asked.end(body)
  })
}

type SignInForm = { readonly path: string; readonly fields: (each: number) => Fields | Promise<Fields> }
/** Somebody at one of the servers, with the form of a sign-in before them. */
type Seat = (form: SignInForm, each: number, from: string, device?: string) => Promise<Reply>

async function sitAt(agent: Agent, server: string, path: string): Promise<Seat> {
  const page = await ask(agent, server, path, { from: owners })
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1]
  const [visit] = page.cookies
  if (token === undefined || visit === undefined) throw new Error(`${path} answered ${page.status}`)
  return async (form, each, from, device) =>
    ask(agent, server, form.path, {
      from,
      cookie: device === undefined ? visit : `${visit}; ${device}`,
      fields: { ...(await form.fields(each)), _csrf: token },
    })
}

type Owner = {
  readonly who: string
  readonly form: SignInForm
  readonly device?: string
  readonly mustGetIn: boolean
}
type Flood = {
  readonly what: string
  readonly guess: SignInForm
  readonly from: () => string
  readonly owners: readonly Owner[]
}

/** Plays one flood; the answer says what was measured, and whether the person who must get in did. */
async function play(
  servers: readonly string[],
  at: GuessedAt,
  session: string,
  flood: Flood,
): Promise<{ readonly said: string; readonly holds: boolean }> {
  await at.forget()
  const agent = new Agent({ keepAlive: true })
  const desk = new Agent({ keepAlive: true })
  try {
    const statuses = new Map<number, number>()
    const began = performance.now()
    const end = began + lasts
    const guessing = Array.from({ length: hands }, async (_, hand) => {
      const seats = await Promise.all(servers.map(server => sitAt(agent, server, flood.guess.path))).catch(
        () => [],
      )
      for (let each = hand; performance.now() < end; each += 1) {
        const seat = seats[each % seats.length]
        if (!seat) return
        // 0 where no answer came
        const { status } = await seat(flood.guess, each, flood.from()).catch(() => ({ status: 0 }))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    })
    const results = flood.owners.map(owner => ({ owner, took: [] as number[], tries: 0, most: 0, kept: 0 }))
    const pages: number[] = []
    const working = (async () => {
      for (let each = 0; performance.now() < end; each += 1) {
        const started = performance.now()
        const server = servers[each % servers.length] ?? ''
        const page = await ask(desk, server, '/staff', { from: owners, cookie: session })
        if (page.status !== 200) throw new Error(`a page at work answered ${page.status}`)
        pages.push(performance.now() - started)
        await new Promise(done => setTimeout(done, 250))
      }
    })()
    working.catch(() => {}) // reported below
    await new Promise(done => setTimeout(done, 1_000))
    for (let turn = 0; performance.now() < end - 1_000; turn += 1) {
      for (const result of results) {
        const { owner } = result
        const server = servers[turn % servers.length] ?? ''
        const started = performance.now()
        let isIn = false
        let tries = 0
        while (!isIn && tries < mostTries) {
          tries += 1
          isIn = await sitAt(agent, server, owner.form.path)
            .then(seat => seat(owner.form, turn, owners, owner.device))
            .then(
              ({ status }) => status === 303,
              () => false,
            )
        }
        result.tries += tries
        if (isIn) {
          result.took.push(performance.now() - started)
          result.most = Math.max(result.most, tries)
        } else result.kept += 1
      }
      await new Promise(done => setTimeout(done, 300))
    }
    await Promise.all(guessing)
    await working
    const counted = await at.counted()
    const answered = [...statuses.values()].reduce((sum, count) => sum + count, 0)
    const inside = statuses.get(303) ?? 0
    const said = results.map(
      ({ owner, took, most, kept }) =>
        `${owner.who} in ${took.length} of ${took.length + kept} times${most > 1 ? `, ${most} tries at most` : ''} (${sayTimes(took)})`,
    )
    return {
      said: `${flood.what}: ${Math.round((answered * 60_000) / (performance.now() - began))} answered a minute, ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(' ')}, ${counted} counted; ${said.join('; ')}; a page of somebody at work ${sayTimes(pages)}`,
      holds:
        inside === 0 &&
        results.every(({ owner, took, kept }) => !owner.mustGetIn || (took.length > 0 && kept === 0)),
    }
  } finally {
    agent.destroy()
    desk.destroy()
  }
}

/** Floods from one address and from many, at a client's words and at a member of staff; each bounded in time. */
export async function run(): Promise<{ readonly measured: string; readonly holds: boolean }> {
  const served = await serveClinic({
    processes: 2,
    settings: { UNWATCHED_TRUST_PROXY: 'yes' },
  })
  try {
    const at = await prepareGuessedAt(served)
    const wordsForm = (words: (each: number) => string): SignInForm => ({
      path: '/my/words',
      fields: each => ({ words: words(each) }),
    })
    const staffForm = (
      password: (each: number) => string,
      code: () => string | Promise<string>,
    ): SignInForm => ({
      path: '/sign-in',
      fields: async each => ({
        name: at.signInName,
        password: password(each),
        code: await code(),
        to: '/staff',
      }),
    })
    const known = at.words.slice(0, 2).join(' ')
    const guessWords = wordsForm(each => `${known} zoo zoo zoo zoo ${each.toString(26)}`)
    const guessBoth = staffForm(
      each => `teapot gravel ${each}`,
      () => '000000',
    )
    const guessCodes = staffForm(
      () => at.password,
      () => String(Math.floor(Math.random() * 1e6)).padStart(6, '0'),
    )
    const client: Owner = { who: 'the client', form: wordsForm(() => at.words.join(' ')), mustGetIn: true }
    const right = staffForm(() => at.password, at.freshCode)
    const agent = new Agent()
    const seat = await sitAt(agent, served.addresses[0] ?? '', right.path)
    const first = await seat(right, 0, owners)
    const device = first.cookies.find(cookie => cookie.includes('desk='))
    if (device === undefined) throw new Error(`the owner's sign-in before the flood answered ${first.status}`)
    const session = first.cookies.join('; ')
    const onKnown: Owner = { who: 'staff on a known device', form: right, device, mustGetIn: true }
    const onNew: Owner = { who: 'staff on a new device', form: right, mustGetIn: true }
    const floods: readonly Flood[] = [
      {
        what: 'words, from the client’s own address',
        guess: guessWords,
        from: () => owners,
        owners: [client],
      },
      { what: 'words, from one /48', guess: guessWords, from: oneSite, owners: [client] },
      { what: 'words, from anywhere', guess: guessWords, from: anywhere, owners: [client] },
      {
        what: 'password and code, from their own address',
        guess: guessBoth,
        from: () => owners,
        owners: [onKnown, onNew],
      },
      { what: 'password and code, from one /48', guess: guessBoth, from: oneSite, owners: [onKnown, onNew] },
      {
        what: 'codes with the password, from one /48',
        guess: guessCodes,
        from: oneSite,
        owners: [onKnown, { ...onNew, mustGetIn: false }],
      },
    ]
    const played = []
    for (const flood of floods) played.push(await play(served.addresses, at, session, flood))
    return { measured: played.map(each => each.said).join('. '), holds: played.every(each => each.holds) }
  } finally {
    await served.close()
  }
}
