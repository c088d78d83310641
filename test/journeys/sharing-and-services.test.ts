import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string
let coordinator: JourneyPerson

vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  ;({ clinic, casePath } = await openPlayedClinic())
  browser = await openBrowser()
  coordinator = await sitDown(browser, clinic.address, { scripts: false })
  await coordinator.open(clinic.demoLink('coordinator'))
  await coordinator.page.getByRole('button', { name: /^Sign in as/ }).click()
})
afterAll(async () => {
  await browser?.close()
  await clinic?.close()
})

test('a coordinator asks to share without consent, is asked what the law asks, and needs no script for it', async () => {
  const person = coordinator
  const { page } = person
  await person.open(`${casePath}/without-consent`)
  await person.look()
  await page.getByRole('radio', { name: /^To keep an adult safe/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await person.look()
  await page.locator('input[name="limb-has-needs"][value="no"]').check()
  await page.getByRole('button', { name: 'Ask another coordinator' }).click()
  await person.look()
  expect(await person.read()).toContain('Without needs for care and support an adult is not “at risk”')
  expect(await page.locator('input[name="limb-has-needs"][value="no"]').isChecked()).toBe(true)
})

test('a coordinator sees which entries are due a check, checks one, and the public page says so', async () => {
  const person = coordinator
  const { page } = person
  await person.open('/services')
  await person.look()
  await page.getByRole('link', { name: 'Samaritans' }).click()
  await page.getByRole('button', { name: 'Save the check' }).click()
  await person.look()
  await page.getByRole('radio', { name: 'Rang the number' }).check()
  await page.getByRole('radio', { name: 'Yes, all of it' }).check()
  await page.getByRole('button', { name: 'Save the check' }).click()
  await page.getByRole('heading', { level: 1, name: 'Other services' }).waitFor()
  await person.look()
  const anybody = await sitDown(browser, clinic.address)
  await anybody.open('/')
  await anybody.look()
  await anybody.open('/refer/other-help')
  await anybody.look()
  expect(await anybody.read()).toContain('Checked on')
  await anybody.close()
})
