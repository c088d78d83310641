import { sql } from 'kysely'
import { startServing } from '../../src/app/server.ts'
import { startSession } from '../../src/identity/operations/start-session.ts'
import type { Role } from '../../src/identity/role.ts'
import { hashOfToken } from '../../src/identity/secret-token.ts'
import { sessionCookie } from '../../src/identity/session.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { findTrouble } from '../../src/platform/database-trouble.ts'
import type { TestClinic } from './test-clinic.ts'

export type SiteAnswer = {
  readonly status: number
  readonly location: string | null
  readonly headers: Headers
  readonly text: string
}

/** Somebody's browser: keeps its cookies and its form token. */
export type Visitor = {
  readonly get: (path: string) => Promise<SiteAnswer>
  /** Posts a form with the visitor's token; `files` makes it multipart. */
  readonly post: (path: string, fields?: Fields, files?: readonly TestFile[]) => Promise<SiteAnswer>
  /**
   * Does a weighty act as a person does: sends its form, gets the page that says what follows, and sends that page's own
   * form with whatever it asks. Answers as `post`; fails when no such page came.
   */
  readonly confirm: (path: string, fields?: Fields) => Promise<SiteAnswer>
  readonly cookies: Map<string, string>
}

type Fields = Readonly<Record<string, string | readonly string[]>>
export type TestFile = {
  readonly field: string
  readonly name: string
  readonly type?: string
  readonly bytes: Uint8Array<ArrayBuffer> | string
}

export type TestSite = {
  readonly address: string
  /** A new visitor: nobody, or a member of staff who is signed in. */
  readonly visitor: (as?: Role) => Promise<Visitor>
  /** Somebody at a browser of their own with a session that is there already, as a thief or its owner would be. */
  readonly withSession: (token: string) => Promise<Visitor>
  readonly get: (path: string, options?: { readonly as?: Role }) => Promise<SiteAnswer>
  readonly post: (
    path: string,
    fields?: Fields,
    options?: { readonly as?: Role; readonly files?: readonly TestFile[] },
  ) => Promise<SiteAnswer>
  readonly confirm: (path: string, fields?: Fields, options?: { readonly as?: Role }) => Promise<SiteAnswer>
  readonly close: () => Promise<void>
}

/** The hidden fields of the form on a page that stands before a weighty act; null when it is no such page. */
export function readCheckForm(text: string): Readonly<Record<string, string | readonly string[]>> | null {
  const form = text.split('<form').find(each => each.includes('name="_seen"'))
  if (!form) return null
  const carried: Record<string, string[]> = {}
  for (const [, name = '', value = ''] of form.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
  )) {
    if (name === '_csrf') continue
    const told = value
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
    carried[name] = [...(carried[name] ?? []), told]
  }
  return carried
}

/** Serves a test clinic for real, on a free port of loopback, with its queue at work when asked. */
export async function openTestSite(
  world: TestClinic,
  options: { readonly withJobs?: boolean; readonly clinic?: Clinic } = {},
): Promise<TestSite> {
  const clinic = options.clinic ?? world.clinic
  const serving = await startServing(
    clinic,
    { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false },
    { withJobs: options.withJobs ?? false },
  )
  const address = serving.address.replace(/\/$/, '')

  // The person who acts in a test has given password and code a moment ago, however far the test has moved the clock:
  // once for each moment that it stands at.
  // Past the line that a test may have cut; where the server itself is away there is nobody to tell.
  const provedAt = new Map<string, number>()
  const prove = async (token: string): Promise<void> => {
    const now = world.clock.now().getTime()
    if (provedAt.get(token) === now) return
    try {
      await world.clinic.database.transaction(world.task('sign-in'), transaction =>
        sql`update unwatched.session set proved_at = ${transaction.now}
          where token_hash = ${hashOfToken(token)} and proved_at < ${transaction.now}`.execute(
          transaction.tables(),
        ),
      )
      provedAt.set(token, now)
    } catch (fault) {
      if (!findTrouble(fault)) throw fault
    }
  }

  const visitor = async (as?: Role, session?: string): Promise<Visitor> => {
    const cookies = new Map<string, string>()
    if (as) {
      const token = await clinic.database.transaction(world.task('sign-in'), transaction =>
        startSession(transaction, world.people[as]),
      )
      cookies.set(sessionCookie, token)
    } else if (session) cookies.set(sessionCookie, session)
    const ask = async (path: string, init: RequestInit = {}): Promise<SiteAnswer> => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(`${address}${path}`, {
        ...init,
        redirect: 'manual',
        headers: { ...(init.headers ?? {}), ...(cookie ? { cookie } : {}) },
      })
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(pair.slice(0, at))
        else cookies.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return {
        status: answer.status,
        location: answer.headers.get('location'),
        headers: answer.headers,
        text: await answer.text(),
      }
    }
    let token: string | undefined
    const readToken = async (): Promise<string> => {
      // Every page of staff carries the sign-out form; anybody else finds a token on the sign-in page.
      token ??=
        /name="_csrf" value="([^"]+)"/.exec((await ask(as || session ? '/staff' : '/sign-in')).text)?.[1] ??
        ''
      return token
    }
    const post: Visitor['post'] = async (path, fields = {}, files) => {
      if (as) await prove(cookies.get(sessionCookie) ?? '')
      const pairs: (readonly [string, string])[] = [['_csrf', await readToken()]]
      for (const [name, value] of Object.entries(fields)) {
        for (const one of typeof value === 'string' ? [value] : value) pairs.push([name, one])
      }
      if (!files) return ask(path, { method: 'POST', body: new URLSearchParams(pairs as [string, string][]) })
      const body = new FormData()
      for (const [name, value] of pairs) body.append(name, value)
      for (const file of files)
        body.append(
          file.field,
          new Blob([file.bytes], { type: file.type ?? 'application/octet-stream' }),
          file.name,
        )
      return ask(path, { method: 'POST', body })
    }
    return {
      cookies,
      get: path => ask(path),
      post,
      confirm: async (path, fields = {}) => {
        const page = await post(path, fields)
        const carried = readCheckForm(page.text)
        if (!carried) throw new Error(`no page stands before ${path}: ${page.status}`)
        return post(path, { ...fields, ...carried })
      },
    }
  }

  const known = new Map<Role | undefined, Promise<Visitor>>()
  const visitorFor = (as?: Role): Promise<Visitor> => {
    const found = known.get(as) ?? visitor(as)
    known.set(as, found)
    return found
  }
  return {
    address,
    visitor: as => visitor(as),
    withSession: token => visitor(undefined, token),
    get: async (path, asked = {}) => (await visitorFor(asked.as)).get(path),
    post: async (path, fields, asked = {}) => (await visitorFor(asked.as)).post(path, fields, asked.files),
    confirm: async (path, fields, asked = {}) => (await visitorFor(asked.as)).confirm(path, fields),
    close: serving.stop,
  }
}

/** The statuses with which somebody of a role is answered at each of these addresses, in their order. */
export async function statusesOf(
  site: TestSite,
  paths: readonly string[],
  role: Role,
): Promise<readonly number[]> {
  const answers = await Promise.all(paths.map(path => site.get(path, { as: role })))
  return answers.map(({ status }) => status)
}
