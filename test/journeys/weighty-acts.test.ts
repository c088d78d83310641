import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'
import { asOwner } from '../support/test-clinic.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string

// A machine that does other work as well takes its time; a page that never comes still fails, by the browser's own limit.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  ;({ clinic, casePath } = await openPlayedClinic())
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await clinic?.close()
})

const seats = new Map<string, JourneyPerson>()

/** Somebody of the demo at a browser without scripts; a link signs in once, so they stay. */
async function signIn(role: Role, which = 0): Promise<JourneyPerson> {
  const there = seats.get(`${role} ${which}`)
  if (there) return there
  const person = await sitDown(browser, clinic.address, { scripts: false })
  await person.open(clinic.demoLink(role, which))
  await person.page.getByRole('button', { name: /^Sign in as/ }).click()
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  seats.set(`${role} ${which}`, person)
  return person
}

test('S12 somebody who was stopped is let in again by two people, in a browser without scripts', async () => {
  const administrator = await signIn('administrator')
  const { page } = administrator
  await administrator.open('/admin/people')
  await page.getByRole('button', { name: /^Suspend.*Ida Example/ }).click()
  await page.getByRole('heading', { name: 'Stop Ida Example signing in?' }).waitFor()
  await administrator.look('suspend')
  await page.getByRole('button', { name: 'Stop them signing in' }).click()
  await administrator.look('suspend-problem')
  await page.getByRole('radio', { name: 'Another reason' }).check()
  await page.getByRole('button', { name: 'Stop them signing in' }).click()
  await page.getByRole('button', { name: /^Let in again.*Ida Example/ }).click()
  await administrator.look('let-in')
  await page.getByLabel('Why may they sign in again?').fill('It was somebody else’s phone.')
  await page.getByRole('button', { name: 'Ask a coordinator' }).click()
  await administrator.look('people-waiting')
  expect(await administrator.read()).toContain('Waits for a coordinator')

  const coordinator = await signIn('coordinator', 1)
  await coordinator.open('/admin/links')
  await coordinator.page.getByRole('link', { name: /^Decide about Ida Example/ }).click()
  await coordinator.look('let-in-decide')
  expect(await coordinator.read()).toContain('It was somebody else’s phone.')
  await coordinator.page.getByRole('radio', { name: 'Let them in again' }).check()
  await coordinator.page.getByRole('button', { name: 'Save decision' }).click()
  expect(await coordinator.read()).toContain('Approved')
  await administrator.open('/admin/people')
  const row = await page.getByRole('row').filter({ hasText: 'demo.idva' }).textContent()
  expect(row).toContain('Active')
})

test('S12 the two coordinators of the demo share without consent: one asks, the other decides', async () => {
  const [one, other] = [await signIn('coordinator'), await signIn('coordinator', 1)]
  await one.open(`${casePath}/consents`)
  const { page } = one
  await page.getByRole('button', { name: 'Withdraw the consent for Kent Police' }).click()
  await page.getByRole('heading', { name: 'Withdraw the consent for Kent Police?' }).waitFor()
  await one.look('withdraw')
  await page.getByRole('button', { name: 'Withdraw the consent' }).click()
  await page.getByRole('link', { name: 'Share without consent' }).click()
  await page.getByRole('radio', { name: /^Somebody’s life is at risk/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Whose life is at risk, and by what?').fill('The client’s, by a knife.')
  for (const limb of ['life-at-risk', 'no-other-way'])
    await page.locator(`input[name="limb-${limb}"][value="yes"]`).check()
  await page.locator('input[name="special"][value="none"]').check()
  await page.locator('input[name="offence"][value="unlawful-acts"]').check()
  await page.getByLabel('Why does the condition hold?').fill('Asking would warn him.')
  await page.getByRole('radio', { name: 'Kent Police' }).check()
  await page.getByRole('checkbox', { name: 'Overview' }).check()
  await page.getByLabel('Why is it necessary?').fill('He said that he has a knife.')
  await page.getByRole('group', { name: 'Was the client told?' }).getByLabel('Yes').check()
  const end = new Date(Date.now() + 7 * 86_400_000)
  const until = page.getByRole('group', { name: 'Until when?' })
  await until.getByLabel('Day').fill(String(end.getUTCDate()))
  await until.getByLabel('Month').fill(String(end.getUTCMonth() + 1))
  await until.getByLabel('Year').fill(String(end.getUTCFullYear()))
  await page.getByRole('button', { name: 'Ask another coordinator' }).click()
  expect(await one.read()).toContain('Waiting for another coordinator')
  await other.open(`${casePath}/without-consent`)
  // The decider is told that the client has just said no.
  expect(await other.read()).toContain('The client took back their consent for this agency')
  await other.page.getByRole('radio', { name: 'Kent Police' }).first().check()
  await other.page.getByRole('radio', { name: 'Yes, share it' }).check()
  await other.page.getByLabel('Why?').fill('It cannot wait.')
  await other.page.getByRole('button', { name: 'Save the decision' }).click()
  expect(await other.read()).toContain('Approved Cosima Example')
})

test('one coordinator of the demo bars the other, and the page says what they would lose', async () => {
  const one = await signIn('coordinator')
  await one.open(`${casePath}/bars`)
  await one.page.getByRole('radio', { name: /Cosima Example/ }).check()
  await one.page.getByLabel('Why?').first().fill('She lives next door to him.')
  await one.page.getByRole('button', { name: 'Bar them' }).click()
  await one.page.getByRole('heading', { name: 'Bar Cosima Example from this case?' }).waitFor()
  expect(await one.read()).toContain('no page of this case opens for Cosima Example')
  await one.look('bar')
  await one.page.getByRole('link', { name: 'Do nothing and go back' }).click()
  expect(await one.read()).toContain('Nobody is barred by name')
})

test('a withdrawal says who loses sight, and of the last one that nobody will see the case; then it is carried out', async () => {
  const coordinator = await signIn('coordinator')
  const { page } = coordinator
  await coordinator.open(`${casePath}/consents`)
  await coordinator.look('consents-with-words')
  const own = 'Look Ahead'
  const buttons = page.getByRole('button', { name: /^(?:Withdraw|End)/ })
  // Every other agency first: the coordinators' own is the last one left.
  for (let left = await buttons.count(); left > 1; left -= 1) {
    const others = page.getByRole('row').filter({ has: buttons }).filter({ hasNotText: own })
    await others.first().getByRole('button').click()
    await page.locator('main .govuk-button--warning').click()
    await page.getByRole('heading', { name: 'Consents', exact: true }).waitFor()
  }
  await buttons.first().click()
  await page.getByRole('heading', { name: `Withdraw the consent for ${own}?` }).waitFor()
  expect(await coordinator.read()).toContain('Nobody will be able to open this case any more.')
  expect(await coordinator.read()).toContain('You are one of them.')
  await coordinator.look('withdraw-own')
  await page.getByRole('button', { name: 'Withdraw the consent' }).click()
  await page.waitForURL(/\/cases$/)
  await coordinator.open(casePath)
  expect(await coordinator.read()).toContain('Page not found')
})

/** Puts as many forms into the pile as it takes from one address, each a copy of one that is there. */
const fillPile = (): Promise<unknown> =>
  asOwner(clinic.ownerUrl, async owner => {
    const found = await owner.query<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_schema = 'unwatched' and table_name = 'referral' and is_generated = 'NEVER'`,
    )
    const columns = found.rows[0]?.columns
    await owner.query(`
      with one as (select * from unwatched.public_form where set_aside limit 1),
      made as (
        select (jsonb_populate_record(r, jsonb_build_object('case_id', gen_random_uuid(), 'reference', 'copy-' || n,
                                                            'form_token', 'copy-' || n))).*
        from unwatched.referral r join one on one.case_id = r.case_id, generate_series(1, 200) n),
      copies as (
        insert into unwatched.referral (${columns}) select ${columns} from made returning clinic_id, case_id)
      insert into unwatched.public_form (clinic_id, case_id, at, source, network, set_aside, danger)
      select c.clinic_id, c.case_id, one.at, one.source, one.network, true, false from copies c, one`)
  })

test('S13 a flood loses nothing that was typed, without scripts, and other help stands there', async () => {
  const writer = await sitDown(browser, clinic.address, { scripts: false })
  const { page } = writer
  const words = 'Typed with care, and in the middle of a flood.'
  await writer.open('/refer/form')
  await page.getByLabel('What is happening?').fill(words)
  const contact = page.getByRole('group', { name: 'May we contact you?' })
  await contact.getByLabel('Yes').check()
  await page.getByLabel('Phone number').fill('07700 900321')
  await page.getByRole('button', { name: 'Send' }).click()
  await writer.look('refer-no-safe-channel')
  expect(await writer.read('[role=alert]')).toContain('We use only what you say is safe')
  await page
    .getByRole('group', { name: 'Is this number safe for us to use?' })
    .getByLabel('Yes', { exact: true })
    .check()
  // Twice as many as go to triage in an hour, so that there are too many of one hour also where another begins meanwhile.
  for (let sent = 0; sent < 22; sent += 1) {
    // A click does not wait for the page that it leads to: on a busy machine the address is still the old one.
    const answered = page.waitForResponse(
      answer => answer.request().isNavigationRequest() && answer.status() !== 303,
    )
    await page.getByRole('button', { name: 'Send' }).click()
    await page.waitForURL((await answered).url())
    if (page.url().includes('/refer/sent/')) {
      if (sent === 0) {
        await writer.look('sent-reachable')
        expect(await writer.read()).toContain(
          'We will try to reach you, only in the ways that you said are safe',
        )
      }
      await writer.open('/refer/form')
      await page.getByLabel('What is happening?').fill(words)
      await contact.getByLabel('No', { exact: true }).check()
    }
  }
  // More than the clinic can look at in an hour: kept apart, and the sender sees no difference.
  expect(page.url()).toContain('/refer/form')
  const apart = await asOwner(clinic.ownerUrl, owner =>
    owner.query('select count(*)::int as n from unwatched.public_form where set_aside'),
  )
  expect(apart.rows[0].n).toBeGreaterThan(0)
  await fillPile()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('This was not sent yet').waitFor()
  await writer.look('refer-flood')
  expect(await page.getByLabel('What is happening?').inputValue()).toBe(words)
  expect(await writer.read()).toMatch(/National Stalking Helpline|999/)
  expect(clinic.logged.join('')).not.toContain('Typed with care')
  await writer.close()
})
