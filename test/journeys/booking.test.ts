import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { withEarlierClinic } from '../../src/app/demo/earlier-clinic.ts'
import { knownPersonStory } from '../../src/app/demo/known-person-story.ts'
import { keepAppointmentComing } from '../../src/app/demo/play-appointments.ts'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'
import { castDemo } from './crawl/play-a-case.ts'
import { reach, reachAndType, reachChoice } from './walk/reach.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string
let coordinator: JourneyPerson

// A machine that does other work as well takes its time; a page that never comes still fails, by the browser's own limit.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  ;({ clinic, casePath } = await openPlayedClinic())
  browser = await openBrowser()
  coordinator = await signIn('coordinator')
})
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

const narrow = { width: 320, height: 640 }
const times = (page: Page) => page.getByRole('group', { name: 'When?' }).getByRole('radio')

/** Goes on with a button, by the keyboard, and waits for the page it leads to. */
async function goOn(page: Page, name: string, heading: string | RegExp): Promise<void> {
  await reach(page, page.getByRole('button', { name, exact: true }), 120)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** From the case to the page that shows once more what would be booked, with the keyboard alone. */
async function chooseByKeyboard(
  person: JourneyPerson,
  place: string,
  size: typeof narrow | null,
): Promise<void> {
  const { page } = person
  const look = async (picture: string): Promise<void> => {
    await person.look(`${picture}${size ? '-by-keyboard' : ''}`)
    if (size) await page.setViewportSize(size)
  }
  await person.open(casePath)
  if (size) await page.setViewportSize(size)
  const parts = page.getByLabel('Parts of this case')
  if (size) {
    await reach(page, parts.locator('summary'), 120)
    await page.keyboard.press('Enter')
  }
  await reach(page, parts.getByRole('link', { name: 'Appointments' }), 120)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Appointments' }).waitFor()
  await look('appointments')
  await goOn(page, 'Book an appointment', 'Book an appointment')
  await look('appointment-who')
  expect(await person.read()).toContain('As for the last appointment of this case.')
  expect(
    await page.getByRole('radio', { name: 'Yes, or it is not known yet: an IDVA joins' }).isChecked(),
  ).toBe(true)
  await goOn(page, 'Show times', 'Book an appointment')
  await times(page).first().waitFor()
  await look('appointment-times')
  await reach(page, times(page).first(), 120)
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await reachChoice(page, 'How will you meet?', 'In a room')
  await reachAndType(page, 'Where exactly? (optional)', place)
  await goOn(page, 'Continue', 'Check before you book')
  await look('appointment-check')
}

test('a coordinator books by the keyboard, and another tab that was quicker is answered kindly', async () => {
  const { page } = coordinator
  await chooseByKeyboard(coordinator, 'The blue room', null)
  const chosen = await page.locator('input[name=slot]').inputValue()

  const other = await coordinator.context.newPage()
  await other.goto(`${casePath}/appointments/new?abuse=yes`)
  await other.locator(`input[name=slot][value="${chosen}"]`).check()
  await other.getByRole('radio', { name: 'By phone' }).check()
  await other.getByRole('button', { name: 'Continue' }).click()
  await other.getByRole('button', { name: 'Book the appointment' }).click()
  await other.waitForURL(/appointments\/[0-9a-f-]{36}$/)
  await other.close()

  await goOn(page, 'Book the appointment', 'Book an appointment')
  await coordinator.look('appointment-taken')
  expect(await coordinator.read('[role=alert]')).toMatch(
    /another appointment at that time|taken a moment ago/,
  )
  expect(await page.getByLabel('Where exactly? (optional)').inputValue()).toBe('The blue room')
  expect(await page.getByRole('radio', { name: 'In a room' }).isChecked()).toBe(true)
  expect(await page.locator(`input[name=slot][value="${chosen}"]`).count()).toBe(0)
  await reach(page, times(page).first(), 120)
  await page.keyboard.press('Space')
  await goOn(page, 'Continue', 'Check before you book')
  await goOn(page, 'Book the appointment', 'Appointment')
  await coordinator.look('appointment')
  expect(await coordinator.read()).toContain('Running order')
  expect(await coordinator.read()).not.toContain('The blue room')
  await reach(page, page.getByRole('button', { name: 'Show where' }), 120)
  await page.keyboard.press('Enter')
  await page.getByText('The blue room').waitFor()
})

test('the same is done by the keyboard on a phone', async () => {
  const { page } = coordinator
  await chooseByKeyboard(coordinator, '', narrow)
  await goOn(page, 'Book the appointment', 'Appointment')
  await coordinator.look('appointment-on-a-phone')
})

test('an advocate books, moves and cancels without JavaScript', async () => {
  const advocate = await signIn('stalking-advocate', { scripts: false })
  const { page } = advocate
  await advocate.open(`${casePath}/appointments/new?abuse=no`)
  await advocate.look()
  await times(page).last().check()
  await page.getByRole('button', { name: 'Continue' }).click()
  expect(await advocate.read('[role=alert]')).toContain('Select how you will meet')
  await advocate.look('appointment-problem')
  await page.getByRole('radio', { name: 'By video' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Book the appointment' }).click()
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await advocate.look('appointment-move')
  await times(page).nth(2).check()
  const to = await page.locator('input[name=slot]:checked').getAttribute('value')
  await page.getByRole('button', { name: 'Move it to this time' }).click()
  expect(await advocate.read()).toContain('moved on')
  expect(to).toBeTruthy()
  await page.getByRole('button', { name: 'Cancel the appointment' }).click()
  await page.getByRole('heading', { name: 'Cancel this appointment?' }).waitFor()
  await advocate.look('appointment-cancel')
  await page.getByRole('radio', { name: 'The client asked for it' }).check()
  await page.getByRole('button', { name: 'Cancel the appointment' }).click()
  expect(await advocate.read()).toContain('Cancelled. The client asked for it')
  await advocate.look()
  await advocate.close()
})

test('somebody keeps their own calendar, and learns that an appointment lies in their time away', async () => {
  const adviser = await signIn('cyber-adviser')
  const { page } = adviser
  await adviser.open('/appointments')
  await adviser.look('diary')
  await page.getByRole('link', { name: 'My calendar' }).click()
  await adviser.look('calendar')
  await page.getByRole('button', { name: 'Add this time away' }).click()
  await adviser.look('calendar-problem')
  const today = new Date()
  const first = page.getByRole('group', { name: 'First day away' })
  const last = page.getByRole('group', { name: 'Last day away (optional)' })
  for (const [group, days] of [
    [first, 0],
    [last, 40],
  ] as const) {
    const day = new Date(today.getTime() + days * 86_400_000)
    await group.getByLabel('Day').fill(String(day.getUTCDate()))
    await group.getByLabel('Month').fill(String(day.getUTCMonth() + 1))
    await group.getByLabel('Year').fill(String(day.getUTCFullYear()))
  }
  await page.getByRole('button', { name: 'Add this time away' }).click()
  await page.getByRole('heading', { name: 'Take this time out of your calendar?' }).waitFor()
  expect(await adviser.read()).toMatch(/coming appointments? lies? in it/i)
  await adviser.look('calendar-away-check')
  await page.getByRole('button', { name: 'Take it out' }).click()
  await page.getByText('There is an appointment while you are away').first().waitFor()
  await adviser.look('calendar-away')
  await coordinator.open('/calendars')
  await coordinator.look('calendars')
  await coordinator.open('/appointments')
  await coordinator.look('diary-of-the-clinic')
  await coordinator.open(`${casePath}/appointments`)
  await coordinator.page
    .getByRole('region', { name: 'Appointments to come' })
    .getByRole('link')
    .first()
    .click()
  expect(await coordinator.read()).toContain('Cyra Example is away then')
  await coordinator.look('appointment-over-leave')
})

test('a demo that is started again after two months has an appointment to come, and no second one the next day', async () => {
  const cast = await castDemo(clinic.clinic)
  const booked = async (): Promise<number> => {
    await coordinator.open(`${casePath}/appointments`)
    return coordinator.page.getByRole('region', { name: 'Appointments to come' }).getByRole('link').count()
  }
  const before = await booked()
  for (const days of [60, 61])
    await withEarlierClinic(clinic.clinic, -days, later =>
      keepAppointmentComing(later, cast, knownPersonStory),
    )
  expect(await booked()).toBe(before + 1)
})
