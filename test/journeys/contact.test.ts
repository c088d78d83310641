import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'
import { reach, reachChoice } from './walk/reach.ts'

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

async function signIn(role: Role, options?: { readonly scripts?: boolean }): Promise<JourneyPerson> {
  const person = await sitDown(browser, clinic.address, options)
  await person.open(clinic.demoLink(role))
  await person.page.getByRole('button', { name: /^Sign in as/ }).click()
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  return person
}

const mailbox = 'new.mailbox@example.org'
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

test('an adviser writes down by the keyboard what was agreed, and no number stands where nobody asked for it', async () => {
  const adviser = await signIn('cyber-adviser')
  const { page } = adviser
  await adviser.open(`${casePath}/contact`)
  await adviser.look('contact')
  expect(await adviser.read()).toContain('Written down')
  await reach(page, page.getByRole('button', { name: 'Change what was agreed' }), 120)
  await page.keyboard.press('Enter')
  await heading(page, 'What was agreed about contact')
  await reachChoice(page, 'May a message be left when nobody answers?', 'The words below')
  await page.getByLabel('Words for a message').fill('')
  await reach(page, page.getByRole('button', { name: 'Keep this' }))
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await adviser.read('[role=alert]')).toContain('Enter the words that were agreed for a message')
  await adviser.look('contact-plan-problem')
  await page.getByLabel('Words for a message').fill('It is about the bookshelf.')
  await reach(page, page.getByRole('button', { name: 'Keep this' }))
  await page.keyboard.press('Enter')
  await heading(page, 'Safe contact')
  expect(await adviser.read()).not.toContain('bookshelf')

  await page.getByRole('button', { name: 'Add a way to reach them' }).click()
  await heading(page, 'A way to reach them')
  await adviser.look('contact-channel')
  await page.getByRole('radio', { name: 'E-mail' }).check()
  await page.getByLabel('Number or address').fill(mailbox)
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  const days = page.getByRole('group', { name: 'On which days?', exact: true })
  for (const day of ['Friday', 'Saturday']) await days.getByLabel(day).check()
  await page.getByLabel('From', { exact: true }).fill('22:00')
  await page.getByLabel('Until', { exact: true }).fill('2:00')
  await page.getByRole('radio', { name: /^Yes, in neutral words/ }).check()
  await page.getByRole('button', { name: 'Keep this' }).click()
  await heading(page, 'Safe contact')
  expect(await adviser.read()).toContain('Friday, Saturday, 22:00 to 02:00 the next day')
  expect(await page.content()).not.toContain(mailbox)
  await page.getByRole('button', { name: 'Show E-mail 3; it is recorded' }).click()
  await page.getByText(mailbox).waitFor()
  await adviser.look('contact-shown')
  await page.getByRole('link', { name: 'E-mail 3', exact: true }).click()
  await heading(page, 'Way 3 to reach them')
  expect(await page.content()).not.toContain(mailbox)
  await adviser.look('contact-channel-again')
  await adviser.close()
})

test('a coordinator asks for a reminder, the contact gate refuses it, and a person does the task, without JavaScript', async () => {
  const coordinator = await signIn('coordinator', { scripts: false })
  const { page } = coordinator
  await coordinator.open(`${casePath}/appointments`)
  await page.getByRole('region', { name: 'Appointments to come' }).getByRole('link').first().click()
  await page.getByRole('radio', { name: 'E-mail 3' }).check()
  await page.getByRole('button', { name: 'Ask for a reminder' }).click()
  expect(await coordinator.read()).toContain('It is not known whether the suspected person can observe it.')
  await coordinator.look('reminder-refused')

  await coordinator.open('/tasks')
  await coordinator.look('tasks')
  expect(await coordinator.read()).toContain('A reminder was not sent.')
  expect(await coordinator.read()).toContain('The suspected person can observe it.')
  await coordinator.open(`${casePath}/contact`)
  await coordinator.look('contact-with-tasks')
  expect(await page.content()).not.toContain(mailbox)
  const toDo = page.getByRole('button', { name: /^This is done/ })
  const before = await toDo.count()
  expect(before).toBeGreaterThan(1)
  await toDo.first().click()
  await page.getByRole('heading', { name: 'Close this task?' }).waitFor()
  await coordinator.look('task-close')
  await page.getByRole('button', { name: 'Close the task' }).click()
  await coordinator.look('task-close-problem')
  await page.getByLabel('What was done?').fill('Rang at the agreed hour.')
  await page.getByRole('button', { name: 'Close the task' }).click()
  await heading(page, 'Safe contact')
  expect(await toDo.count()).toBe(before - 1)
  await coordinator.close()
})

test('S1 what the client says of a channel is written down by the keyboard, and stands everywhere as what they say', async () => {
  const adviser = await signIn('stalking-advocate')
  const { page } = adviser
  await adviser.open(`${casePath}/contact`)
  expect(await adviser.read()).toContain('nobody wrote down that the client says that it is safe')
  await page.getByRole('link', { name: /^What the client says of it.*E-mail 3/ }).click()
  await heading(page, 'What the client says of E-mail 3')
  await reachChoice(page, 'How did they say that it is safe?', 'On a call, after both code words')
  await reach(page, page.getByRole('button', { name: 'Write this down' }))
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await adviser.look('contact-word-problem')
  const last = new Date(Date.now() + 20 * 24 * 60 * 60 * 1000)
  await page.getByLabel('What did they say?').fill('A mailbox made at the library, never opened at home.')
  await page.getByLabel('Day', { exact: true }).fill(String(last.getUTCDate()))
  await page.getByLabel('Month', { exact: true }).fill(String(last.getUTCMonth() + 1))
  await page.getByLabel('Year', { exact: true }).fill(String(last.getUTCFullYear()))
  await reach(page, page.getByRole('button', { name: 'Write this down' }))
  await page.keyboard.press('Enter')
  await heading(page, 'Safe contact')
  expect(await adviser.read()).toContain('The client says that it is safe, until')
  await adviser.look('contact-with-word')
  await adviser.open(casePath)
  expect(await adviser.read()).toContain('The map does not know.')
  await adviser.close()
})
