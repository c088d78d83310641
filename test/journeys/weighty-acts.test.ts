import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import { type JourneyClinic, openJourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { playACase } from './crawl/play-a-case.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string

// A machine that does other work as well takes its time; a page that never comes still fails, by the browser's own limit.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  clinic = await openJourneyClinic()
  casePath = await playACase(clinic)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await clinic?.close()
})

async function signIn(role: Role, which?: number): Promise<JourneyPerson> {
  const person = await sitDown(browser, clinic.address, { scripts: false })
  await person.open(clinic.demoLink(role, which))
  await person.page.getByRole('button', { name: /^Sign in as/ }).click()
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  return person
}

test('S12 somebody who was stopped is let in again by two people, in a browser without scripts', async () => {
  const administrator = await signIn('administrator')
  const { page } = administrator
  await administrator.open('/admin/people')
  await page.getByRole('button', { name: 'Suspend: Ida Example' }).click()
  await page.getByRole('heading', { name: 'Stop Ida Example signing in?' }).waitFor()
  await administrator.look('suspend')
  await page.getByRole('button', { name: 'Stop them signing in' }).click()
  await administrator.look('suspend-problem')
  await page.getByRole('radio', { name: 'Another reason' }).check()
  await page.getByRole('button', { name: 'Stop them signing in' }).click()
  await page.getByRole('button', { name: 'Let in again: Ida Example' }).click()
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
  const row = await page.getByRole('row').filter({ hasText: 'Ida Example' }).textContent()
  expect(row).toContain('Active')
  await administrator.close()
  await coordinator.close()
})

test('two coordinators of the demo can do what takes two: one asks to share without consent, the other decides', async () => {
  const [one, other] = [await signIn('coordinator'), await sitDown(browser, clinic.address)]
  await one.open(`${casePath}/without-consent`)
  await one.look('without-consent')
  expect(await one.read()).toContain('one coordinator asks, another decides')
  await other.close()
  await one.open(`${casePath}/bars`)
  await one.page.getByRole('radio', { name: /Cosima Example/ }).check()
  await one.page.getByLabel('Why?').fill('She lives next door to him.')
  await one.page.getByRole('button', { name: 'Bar them' }).click()
  await one.page.getByRole('heading', { name: 'Bar Cosima Example from this case?' }).waitFor()
  await one.look('bar')
  await one.page.getByRole('link', { name: 'Do nothing and go back' }).click()
  expect(await one.read()).toContain('Nobody is barred by name')
  await one.close()
})

test('a withdrawal says who loses sight, and of the last one that nobody will see the case; then it is carried out', async () => {
  const coordinator = await signIn('coordinator')
  const { page } = coordinator
  await coordinator.open(`${casePath}/consents`)
  await coordinator.look('consents-with-words')
  const agencies = await page.getByRole('button', { name: /^Withdraw the consent for/ }).count()
  expect(agencies).toBeGreaterThan(2)
  // The agency of the coordinators last: until then they see the page.
  for (let left = agencies; left > 0; left -= 1) {
    const buttons = page.getByRole('button', { name: /^Withdraw the consent for/ })
    const names = await buttons.evaluateAll(all => all.map(each => each.getAttribute('aria-label') ?? ''))
    const own = 'Withdraw the consent for Domestic abuse service'
    const next = names.find(name => name !== own) ?? own
    await page.getByRole('button', { name: left === 1 ? (names[0] ?? '') : next }).click()
    await page.getByRole('heading', { name: /^Withdraw the consent for/ }).waitFor()
    const words = await coordinator.read()
    expect(words).toContain('From that moment no page of this case opens for')
    if (left === agencies) await coordinator.look('withdraw')
    if (words.includes('You are one of them')) {
      await coordinator.look('withdraw-own')
      await page.getByRole('button', { name: 'Withdraw the consent' }).click()
      break
    }
    await page.getByRole('button', { name: 'Withdraw the consent' }).click()
  }
  await page.waitForURL(/\/cases$/)
  await coordinator.open(casePath)
  expect(await coordinator.read()).toContain('Page not found')
  await coordinator.close()
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
  await writer.look('refer-no-safe-way')
  expect(await writer.read('[role=alert]')).toContain('We use only what you say is safe')
  await page
    .getByRole('group', { name: 'Is this number safe for us to use?' })
    .getByLabel('Yes', { exact: true })
    .check()
  for (let sent = 0; sent < 11; sent += 1) {
    await page.getByRole('button', { name: 'Send' }).click()
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
  await page.getByText('This was not sent yet').waitFor()
  await writer.look('refer-flood')
  expect(await page.getByLabel('What is happening?').inputValue()).toBe(words)
  expect(await writer.read()).toMatch(/National Stalking Helpline|999/)
  expect(clinic.logged.join('')).not.toContain('Typed with care')
  await writer.close()
})
