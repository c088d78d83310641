import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'
import { jewels, namesOfTheCase } from './crawl/play-a-case.ts'
import { reach, reachAndType, reachChoice } from './walk/reach.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string
let words: readonly string[]
const everybody: JourneyPerson[] = []

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

async function as(role: Role): Promise<JourneyPerson> {
  const person = await sitDown(browser, clinic.address)
  everybody.push(person)
  await person.open(clinic.demoLink(role))
  await person.page.getByRole('button', { name: /^Sign in as/ }).click()
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  return person
}

/** A client at their own browser, who signs in with words. */
async function comeIn(typed: string, options?: { readonly scripts?: boolean }): Promise<JourneyPerson> {
  const person = await sitDown(browser, clinic.address, options)
  everybody.push(person)
  await person.open('/my')
  expect(person.page.url()).toMatch(/\/my\/start$/)
  await person.page.getByRole('button', { name: 'Continue' }).click()
  await person.page.getByLabel('Enter your words').fill(typed)
  await person.page.getByRole('button', { name: 'Continue' }).click()
  await person.page.getByRole('heading', { level: 1, name: 'Your page' }).waitFor()
  return person
}

/** What may stand on no page of the client's, in no title and no address of it (S2). */
const telling =
  /stalk|abus|violen|victim|harass|police|crime|suspect|perpetrat|helpline|clinic|unwatched|evidence|incident|consent|advocate/i

async function seesNothingTelling(person: JourneyPerson): Promise<void> {
  const { page } = person
  const ownPages = person.seen.filter(({ url }) => new URL(url).pathname.startsWith('/my'))
  expect(ownPages.length).toBeGreaterThan(0)
  for (const { url, title, html } of ownPages) {
    const path = new URL(url).pathname
    expect(`${title} ${path}`).not.toMatch(telling)
    for (const word of [...jewels, ...namesOfTheCase.slice(0, 4)])
      expect(html.includes(word), `“${word}” on ${path}`).toBe(false)
    expect(html, path).toContain('govuk-exit-this-page')
  }
  await page.waitForLoadState()
}

test('a coordinator makes a phrase with the client, and the words are there once', async () => {
  const coordinator = await as('coordinator')
  const { page } = coordinator
  await coordinator.open(`${casePath}/phrase`)
  await coordinator.look('phrase')
  await page.getByRole('button', { name: 'Make a new phrase' }).click()
  await coordinator.look('phrase-problem')
  await page.getByRole('radio', { name: 'The client said a code word, and I said ours' }).check()
  await page.getByRole('checkbox', { name: /It is the check that was agreed/ }).check()
  await page.getByRole('button', { name: 'Make a new phrase' }).click()
  await page.getByRole('heading', { name: 'The second phrase' }).waitFor()
  await coordinator.look('phrase-made')
  words = await page.locator('.slip').allTextContents()
  expect(words.map(each => each.split(' ').length)).toEqual([7, 7])
  await page.emulateMedia({ media: 'print' })
  const printed = (await page.evaluate<string>('document.body.innerText')).replace(/\s+/g, ' ').trim()
  expect(printed).toBe(words.join(' '))
})

test('S2 S4 a client signs in, sees what is next, writes a note by the keyboard and reads who has looked', async () => {
  const client = await comeIn((words[0] ?? '').toUpperCase().replaceAll(' ', ' - '))
  const { page } = client
  await client.look('my-page')
  expect(await client.read()).toContain('Next appointment')
  expect(await client.read()).toContain('Your plan')
  await reach(page, page.getByRole('button', { name: 'Write a note' }), 120)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Write a note' }).waitFor()
  await client.look('my-note')
  await page.getByRole('button', { name: 'Save' }).click()
  await client.look('my-note-problem')
  expect(await client.read('[role=alert]')).toContain('Enter what happened')
  await reachAndType(page, 'What happened?', 'The gate was open and it had been shut.')
  await reachChoice(page, 'When did it happen?', 'I do not know')
  await reach(page, page.getByRole('button', { name: 'Save' }), 120)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Notes' }).waitFor()
  await client.look('my-notes')
  expect(await client.read()).toContain('The gate was open and it had been shut.')
  await page.getByRole('link', { name: 'Who has looked' }).click()
  await page.getByRole('heading', { level: 1, name: 'Who has looked' }).waitFor()
  await client.look('my-looks')
  expect(await client.read()).toContain('Looked at')
  expect(await client.read()).not.toMatch(telling)
  await seesNothingTelling(client)
})

test('S3 after the exit Back brings nothing back, by a click and by Shift three times', async () => {
  for (const how of ['click', 'Shift'] as const) {
    const client = await comeIn(words[0] ?? '')
    const { page } = client
    await page.getByRole('link', { name: 'Notes' }).click()
    await page.getByText('The gate was open').waitFor()
    const before = await client.context.cookies(clinic.address)
    if (how === 'click') await page.getByRole('button', { name: /Exit this page/ }).click()
    else {
      // Keys are heard once the script has drawn its lights.
      await page.locator('.govuk-exit-this-page__indicator').waitFor({ state: 'attached' })
      for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift')
    }
    await page.waitForURL(/bbc\.co\.uk/)
    expect(await client.context.cookies(clinic.address)).toEqual([])
    await page.goBack({ waitUntil: 'commit' })
    await expect
      .poll(() => client.read('body').catch(() => ''), { timeout: 10_000 })
      .not.toContain('The gate')
    const header = before.map(({ name, value }) => `${name}=${value}`).join('; ')
    const again = await fetch(`${clinic.address}/my/notes`, {
      headers: { cookie: header },
      redirect: 'manual',
    })
    expect(again.headers.get('location'), 'the session ended on the server').toBe('/my/start')
    await client.close()
  }
})

test('without JavaScript a client signs in, adds a correction and leaves', async () => {
  const client = await comeIn(`${(words[0] ?? '').replaceAll(' ', ',\n')}\n`, { scripts: false })
  const { page } = client
  await client.look()
  await page.getByRole('link', { name: 'Notes' }).click()
  await page
    .getByRole('link', { name: /^Add a correction/ })
    .first()
    .click()
  await client.look()
  await page.getByLabel('What happened?').fill('It was the garden door.')
  await page.getByRole('radio', { name: 'I do not know' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await client.look()
  expect(await client.read()).toContain('It was the garden door.')
  expect(await client.read()).toContain('The gate was open')
  await page.locator('.govuk-exit-this-page__button').click()
  await page.waitForURL(/bbc\.co\.uk/)
  await seesNothingTelling(client)
  await client.close()
})

test('S4 the second phrase opens the same pages over an empty file that keeps notes, and the client’s advisers learn of it at once', async () => {
  const made = await comeIn(words[1] ?? '')
  await made.look('my-page-second-phrase')
  expect(await made.read()).toContain('None booked at the moment.')
  await made.page.getByRole('link', { name: 'Notes' }).click()
  await made.page.getByRole('heading', { level: 1, name: 'Notes' }).waitFor()
  expect(await made.read()).toContain('You have written nothing yet.')
  await made.page.getByRole('button', { name: 'Write a note' }).click()
  await made.page.getByLabel('What happened?').fill('Nothing happened at the seaside.')
  await made.page.getByRole('radio', { name: 'I do not know' }).check()
  await made.page.getByRole('button', { name: 'Save' }).click()
  await made.page.getByText('Nothing happened at the seaside.').waitFor()
  await made.look('my-notes-second-phrase')
  await made.page.getByRole('link', { name: 'Who has looked' }).click()
  await made.page.getByRole('heading', { level: 1, name: 'Who has looked' }).waitFor()
  expect(await made.read()).toContain('Made new words for you')
  await made.look('my-looks-second-phrase')
  await made.page.getByRole('button', { name: 'Sign out' }).click()
  await made.look('my-start-out')
  await seesNothingTelling(made)
  const advocate = await as('stalking-advocate')
  await advocate.open('/cases')
  await advocate.look('cases-second-phrase')
  expect(await advocate.read('.announcement')).toMatch(
    /the second phrase was used (less than a|\d+) minutes? ago/,
  )
  await advocate.open('/staff')
  await advocate.page.getByRole('link', { name: /What to do now/ }).click()
  await advocate.look('phrase-second')
  expect(await advocate.read()).toContain('Nothing happened at the seaside.')
  const close = advocate.page.getByRole('button', { name: 'I have looked into this' })
  await close.click()
  expect(await advocate.read()).toContain('Enter what you did about it')
  await advocate.page.getByLabel('What did you do about it?').fill('Rang her sister at work.')
  await close.click()
  expect(await advocate.read()).not.toContain('The second phrase was used')
  expect(await advocate.page.locator('.announcement').count()).toBe(0)
  await advocate.open(`${casePath}/diary`)
  expect(await advocate.read()).not.toContain('seaside')
  await advocate.look('diary-of-the-client')
  await advocate.page
    .getByRole('link', { name: /Make an incident from this/ })
    .first()
    .click()
  expect(await advocate.page.getByLabel('What happened', { exact: true }).inputValue()).toContain(
    'the garden door',
  )
  expect(advocate.page.url()).not.toContain('garden')
})

test('S11 no word of the client’s is in the log or in an address', () => {
  const logged = clinic.logged.join('\n')
  const asked = everybody.flatMap(person => person.asked).map(url => decodeURIComponent(url))
  for (const word of ['garden', 'The gate', 'seaside', ...words, ...jewels]) {
    expect(logged.includes(word), `“${word}” is in the log`).toBe(false)
    expect(asked.filter(url => url.includes(word))).toEqual([])
  }
})
