import { generateSync } from 'otplib'
import type { PersonId } from '../../src/foundation/ids.ts'
import { signIn } from '../../src/identity/operations/sign-in.ts'
import { startSession } from '../../src/identity/operations/start-session.ts'
import type { Role } from '../../src/identity/role.ts'
import type { AnyRoute } from '../../src/identity/route.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { joinPassword, joinSecret, joinWith, linkAtMachine } from './joining.ts'
import { type Browser, type DoorAnswer, openDoorSite } from './sign-in-site.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'

/** Whom an administrator invites: what the form of people holds. */
export type Invited = Readonly<Record<'name' | 'sign-in-name' | 'role' | 'agency', string>>

/** Somebody who joined as the join page would have it. */
export type Joined = { readonly personId: PersonId; readonly second: string; readonly link: string }

/** The sign-in of a demo clinic, served, and what the tests of its screens do there again and again. */
export type IdentitySite = {
  readonly world: TestClinic
  /** The demo clinic that is served, whose log is `logged`. */
  readonly clinic: Clinic
  readonly logged: readonly string[]
  readonly browser: () => Browser
  readonly pass: (minutes: number) => void
  /** What an app with this secret shows now. */
  readonly codeOf: (secret: string) => string
  readonly holding: (sessionToken: string) => Browser
  readonly signedIn: (role: Role) => Promise<Browser>
  /** Asks for a link as the administrator: the page with the joining code. */
  readonly askForLink: (invited: Invited) => Promise<{ readonly asked: DoorAnswer; readonly code: string }>
  /** Where the coordinator decides on the first link that waits. */
  readonly findWaiting: (coordinator: Browser) => Promise<string>
  readonly approvedLink: (invited: Invited) => Promise<{ readonly link: string; readonly code: string }>
  /** Invites somebody, who joins through the join page: their browser, and the secret of their code app. */
  readonly enrolled: (
    signInName: string,
  ) => Promise<{ readonly browser: Browser; readonly secret: string; readonly done: DoorAnswer }>
  /** A new member of the lead agency who joined more than a day ago. */
  readonly joined: (role: Role) => Promise<Joined>
  /** Signs somebody in who joined with the usual password and app. */
  readonly enter: (
    personId: PersonId,
    role: Role,
    more?: { readonly password?: string; readonly userAgent?: string; readonly address?: string },
  ) => Promise<Browser>
  /** What shows once more that they are the owner. */
  readonly proof: (code?: string, password?: string) => Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** @param extra routes of a higher room, to see what the sign-in does for them */
export async function openIdentitySite(extra: readonly AnyRoute[] = []): Promise<IdentitySite> {
  const logged: string[] = []
  const world = await openTestClinic()
  const clinic: Clinic = {
    ...world.clinic,
    isDemo: true,
    log: (event, facts) => void logged.push(JSON.stringify({ event, facts })),
  }
  const site = await openDoorSite(clinic, extra)
  const pass = (minutes: number): void =>
    world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000).toISOString())
  const codeOf = (secret: string): string =>
    generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) })
  const holding = (sessionToken: string): Browser => {
    const browser = site.browser()
    browser.cookies.set('session', sessionToken)
    return browser
  }
  const signedIn = async (role: Role): Promise<Browser> =>
    holding(
      await clinic.database.transaction(world.task('sign-in'), transaction =>
        startSession(transaction, world.people[role]),
      ),
    )
  const askForLink: IdentitySite['askForLink'] = async invited => {
    const administrator = await signedIn('administrator')
    const page = await administrator.get('/admin/people')
    const asked = await administrator.submit(page, '/admin/people', invited)
    return { asked, code: /id="joining-code">([a-z ]+)</.exec(asked.text)?.[1] ?? '' }
  }
  const findWaiting: IdentitySite['findWaiting'] = async coordinator =>
    /href="(\/admin\/links\/[\w-]+)">Decide/.exec((await coordinator.get('/admin/links')).text)?.[1] ?? ''
  const approvedLink: IdentitySite['approvedLink'] = async invited => {
    const { code } = await askForLink(invited)
    const coordinator = await signedIn('coordinator')
    const path = await findWaiting(coordinator)
    const shown = await coordinator.submit(await coordinator.get(path), path, { decision: 'approve' })
    return { link: /(\/join\/[\w-]{43})/.exec(shown.text)?.[1] ?? '', code }
  }
  let many = 0
  return {
    world,
    clinic,
    logged,
    browser: site.browser,
    pass,
    codeOf,
    holding,
    signedIn,
    askForLink,
    findWaiting,
    approvedLink,
    enrolled: async signInName => {
      const { link, code } = await approvedLink({
        name: 'Amara Okafor',
        'sign-in-name': signInName,
        role: 'call-handler',
        agency: world.agencies.cyber,
      })
      const browser = site.browser()
      const join = await browser.get(link)
      const secret = secretOn(join.text)
      const typed = { 'joining-code': code, password: joinPassword, code: codeOf(secret) }
      const done = await browser.submit(join, link, typed)
      pass(2)
      return { browser, secret, done }
    },
    joined: async role => {
      many += 1
      const personId = await world.addPerson(role, 'lead', `Owner Number${many}`)
      const link = await linkAtMachine(world, personId)
      const answer = await joinWith(world, link)
      if (answer.kind !== 'joined') throw new Error(answer.kind)
      pass(60 * 25)
      return { personId, second: answer.secondSecret.join(' '), link: `/join/${link.token}` }
    },
    enter: async (personId, role, more = {}) => {
      const { password = joinPassword, userAgent = '', address = '192.0.2.8' } = more
      pass(1)
      const signInName = `${role}.${personId}`
      const answer = await signIn(world.clinic, {
        signInName,
        password,
        code: codeOf(joinSecret),
        address,
        userAgent,
      })
      if (answer.kind !== 'signed-in') throw new Error(answer.kind)
      pass(1)
      return holding(answer.token)
    },
    proof: (code = codeOf(joinSecret), password = joinPassword) => ({
      'again-password': password,
      'again-code': code,
    }),
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** The secret of a code app, as a page writes it for those who cannot scan it. */
export function secretOn(text: string): string {
  return (/<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? '').replaceAll(' ', '')
}
