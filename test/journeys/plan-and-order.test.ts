import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'
import { reach, reachAndType, reachChoice } from './walk/reach.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string
// A machine that does other work as well takes its time; a page that never comes still fails, by the browser's own limit.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  ;({ clinic, casePath } = await openPlayedClinic())
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await clinic?.close()
})

async function signIn(role: Role): Promise<JourneyPerson> {
  const person = await sitDown(browser, clinic.address)
  await person.open(clinic.demoLink(role))
  await person.page.getByRole('button', { name: /^Sign in as/ }).click()
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  return person
}

test('an advocate finds the plan and the possible breach on the overview, and takes an action on by keyboard', async () => {
  const advocate = await signIn('stalking-advocate')
  const { page } = advocate
  await advocate.open(casePath)
  expect(await advocate.read()).toContain('A possible breach waits for a person to look at')
  expect(await advocate.read()).toContain('A review of the safety plan is due')
  await advocate.look('overview-with-plan-and-orders')
  await advocate.open(`${casePath}/plan`)
  await advocate.look('plan')
  await page.getByRole('link', { name: 'Sign the suspected person out' }).click()
  await advocate.look('plan-action')
  await reachChoice(page, 'Where does it stand now?', 'Scheduled')
  await reach(page, page.getByRole('button', { name: 'Move it on' }), 120)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  expect(await advocate.read()).toContain(
    'It cannot go ahead before this is true: The evidence it would change is kept first',
  )
  await advocate.look('plan-action-gate')
  await page.getByRole('checkbox', { name: 'The evidence it would change is kept first' }).first().check()
  await page.getByRole('checkbox', { name: 'A safe moment is agreed with the client' }).first().check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Sign the suspected person out' }).click()
  await page.getByRole('radio', { name: 'Scheduled' }).check()
  await page.getByRole('button', { name: 'Move it on' }).click()
  await page.getByRole('heading', { level: 1, name: 'Safety plan' }).waitFor()
  for (const [path, picture] of [
    ['/plan/actions', 'plan-actions-agreed'],
    ['/plan/cards', 'plan-cards'],
    ['/plan/close', 'plan-close'],
    ['/plan/print', 'plan-print'],
    ['/plan/history', 'plan-history'],
    ['/plan/history/1', 'plan-earlier'],
  ] as const) {
    await advocate.open(`${casePath}${path}`)
    await advocate.look(picture)
  }
  await advocate.open(`${casePath}/plan/review`)
  await reachAndType(page, 'What was looked at, and what was agreed', 'The payment was looked at together.')
  await advocate.look('plan-review')
  await reach(page, page.getByRole('button', { name: 'Save the review' }), 120)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Safety plan' }).waitFor()
  expect(await advocate.read()).toContain('The payment was looked at together.')
  await advocate.open('/reviews')
  await advocate.look('reviews-due')
  await advocate.close()
})

test('a liaison sees the order and its possible breach, and decides with a reason and a reference', async () => {
  const liaison = await signIn('police-liaison')
  const { page } = liaison
  await liaison.open(`${casePath}/orders`)
  expect(await liaison.read()).toContain('A possible breach is not a finding')
  await liaison.look('orders')
  await page
    .getByRole('link', { name: /^Incident \d+$/ })
    .first()
    .click()
  await liaison.look('possible-breach')
  await reachChoice(page, 'Does it look like a breach?', 'Yes, take it for a breach')
  await reachAndType(page, 'Why?', 'Contact by a payment, two weeks after service.')
  await reachAndType(page, 'Police reference (optional)', 'FICTION/119')
  await reach(page, page.getByRole('button', { name: 'Save', exact: true }), 120)
  await page.keyboard.press('Enter')
  await page.getByText('Taken for a breach').waitFor()
  await liaison.look('order')
  const order = new URL(page.url()).pathname
  for (const [path, picture] of [
    [`${order}/correct`, 'order-correct'],
    [`${order}/terms`, 'order-terms'],
    [`${order}/event`, 'order-event'],
    [`${order}/breaches`, 'order-other-incidents'],
    [`${casePath}/orders/new`, 'order-kinds'],
    [`${casePath}/orders/new?kind=bail`, 'order-new-bail'],
    [`${casePath}/orders/new?kind=interim-spo`, 'order-new'],
  ] as const) {
    await liaison.open(path)
    await liaison.look(picture)
  }
  await page.getByRole('button', { name: 'Record the order' }).click()
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  await liaison.look('order-new-problems')
  await liaison.open(`${casePath}/orders/request`)
  await page.getByLabel('Why is an order needed to protect the client?').fill('It goes on.')
  await page.getByRole('checkbox', { name: /^Not to contact the protected person by any means/ }).check()
  await liaison.look('order-request')
  await page.getByRole('button', { name: 'Save the request' }).click()
  await page.getByRole('heading', { level: 1, name: 'Request for a Stalking Protection Order' }).waitFor()
  await liaison.look('order-request-printed')
  await liaison.close()
})
