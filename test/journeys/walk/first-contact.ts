import { expect } from 'vitest'
import { reach, reachAndType, reachChoice } from './reach.ts'
import { countReferrals, findInDatabase } from './search-database.ts'
import { story } from './story.ts'
import type { Walk } from './world.ts'

/** A call handler takes a call from the first word to the reference without touching the mouse. */
export async function saveACallByKeyboard(walk: Walk): Promise<void> {
  const nobody = await walk.stranger()
  await nobody.open('/calls/new')
  expect(nobody.page.url()).toContain('/sign-in')

  const handler = await walk.as('call-handler')
  const { page } = handler
  await handler.open('/staff')
  await reach(page, page.getByRole('link', { name: 'Take a call' }).first())
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Take a call' }).waitFor()
  await handler.look('call-sheet')
  await reachChoice(page, 'Is it safe to talk now?', 'Yes')
  await reachAndType(page, 'What is happening, in the caller’s words', story.words)
  await reachChoice(page, 'Is anybody in danger now?', 'No')
  await reachChoice(page, 'Who is calling?', 'The person it is happening to')
  await reachChoice(page, '18 or older?', 'Yes')
  await reachAndType(page, 'Home postcode', story.postcode)
  await reachChoice(
    page,
    'Are they watched, followed or harassed through phones, accounts, cars, cameras or the internet?',
    'Yes',
  )
  const flag = page.getByRole('checkbox', { name: 'A former partner who makes threats' })
  await reach(page, flag)
  await page.keyboard.press('Space')
  await reachAndType(page, 'Name of the suspected person', story.suspect)
  await reachChoice(page, 'Who are they to the client?', 'Former partner')
  await reachAndType(page, 'Name', story.client)
  await reachChoice(page, 'May we contact them?', 'Yes')
  await reachAndType(page, 'Phone number', story.phone)
  await reachChoice(page, 'Is the number safe to use?', 'Yes')
  await reachAndType(page, 'Email address', story.email)
  await reachChoice(page, 'Is the address safe to use?', 'No')
  await reachAndType(page, 'Safe times', story.safeTimes)
  await reachAndType(page, 'Code words', story.codeWords)
  await reach(page, page.getByRole('button', { name: 'Save the call' }))
  // The same form reaches the clinic twice at the same moment, as when a connection repeats itself.
  const form = await page.evaluate<string>(
    `new URLSearchParams(new FormData(document.querySelector('form[action="/calls/new"]'))).toString()`,
  )
  const answered = page.waitForResponse(
    answer => answer.request().method() === 'POST' && answer.url().endsWith('/calls/new'),
  )
  const [, own, repeated] = await Promise.all([
    page.keyboard.press('Enter'),
    answered,
    handler.context.request.post(`${walk.clinic.address}/calls/new`, {
      data: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: walk.clinic.address },
      maxRedirects: 0,
    }),
  ])
  await page.getByRole('heading', { name: 'Call saved' }).waitFor()
  expect([own.status(), repeated.status()]).toEqual([303, 303])
  expect(repeated.headers()['location']).toBe(own.headers()['location'])
  await handler.look('call-saved')
  walk.keep('reference', await handler.read('.govuk-panel strong'))
  expect(await countReferrals(walk.clinic, story.words)).toBe(1)
  expect(await findInDatabase(walk.clinic.ownerUrl, story.words)).toEqual({})
}

/** The connection goes before the form arrives, and again after it arrived but before the answer came back. */
export async function loseTheConnection(walk: Walk): Promise<void> {
  const handler = await walk.as('call-handler')
  const { page, context } = handler
  const fill = async (words: string): Promise<void> => {
    await handler.open('/calls/new')
    await page.getByLabel('What is happening, in the caller’s words').fill(words)
    // Somebody at the clinic has the same name as the person the caller speaks of.
    await page.getByLabel('Name of the suspected person').fill('Piers Example')
  }
  const send = (): Promise<void> =>
    page.getByRole('button', { name: 'Save the call' }).click({ noWaitAfter: true })

  await fill(story.lost)
  await context.setOffline(true)
  await send()
  await page.waitForEvent('requestfailed', { timeout: 2_000 }).catch(() => null)
  await context.setOffline(false)
  expect(await countReferrals(walk.clinic, story.lost)).toBe(0)
  await page.reload()
  await page.getByRole('heading', { name: 'Call saved' }).waitFor()
  await handler.look('call-saved-to-ask')

  const twice = `${story.lost} Twice.`
  await fill(twice)
  let arrived = false
  await context.route(
    '**/calls/new',
    async route => {
      await route.fetch({ maxRedirects: 0 })
      arrived = true
      await route.abort('connectionreset')
    },
    { times: 1 },
  )
  await send()
  await expect.poll(() => arrived).toBe(true)
  await page.waitForTimeout(100)
  // On a busy machine the browser's own page, which says what went wrong, is still coming then and cannot be loaded again.
  const loadAgain = (): Promise<boolean> =>
    page.reload().then(
      () => true,
      () => false,
    )
  await expect.poll(loadAgain, { timeout: 20_000 }).toBe(true)
  await page.getByRole('heading', { name: 'Call saved' }).waitFor()
  expect(await countReferrals(walk.clinic, twice)).toBe(1)
}

/** Somebody without JavaScript reads the first pages, fills in the form, corrects it and gets a reference. */
export async function referWithoutScripts(walk: Walk): Promise<void> {
  const writer = await walk.stranger({ scripts: false })
  const { page } = writer
  await writer.open('/')
  await writer.look('start')
  await page.getByRole('button', { name: 'Start' }).click()
  await writer.look('before-you-start')
  await page.getByRole('button', { name: 'Continue' }).click()
  await writer.look('refer-form')
  await page.getByLabel('What may we call you?').fill(story.writer)
  await page.getByRole('button', { name: 'Send' }).click()
  await writer.look('refer-form-problem')
  expect(await page.getByLabel('What may we call you?').inputValue()).toBe(story.writer)
  await page.getByLabel('What is happening?').fill(story.writerWords)
  const choose = (group: string, choice: string): Promise<void> =>
    page.getByRole('group', { name: group }).getByLabel(choice, { exact: true }).check()
  await choose('Are you 18 or older?', 'Yes')
  await page.getByLabel('Your home postcode').fill(story.postcode)
  await choose(
    'Are you watched, followed or harassed through phones, accounts, cars, cameras or the internet?',
    'It may be',
  )
  await page.getByLabel('Phone number').fill(story.writerPhone)
  await page.getByRole('button', { name: 'Send' }).click()
  await writer.look('sent')
  const reference = await writer.read('.govuk-panel strong')
  expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)

  // The reference means nothing to anyone else: it tells the same as one that nobody has.
  const finder = await walk.stranger()
  await finder.open(`/refer/sent/${reference}`)
  const real = await finder.read()
  await finder.open('/refer/sent/00000-00000')
  expect(await finder.read()).toBe(real.replace(reference, '00000-00000'))
  await writer.close()
}

/** What a client typed before their visit ended is nowhere afterwards: not in the answer, the clinic or the browser. */
export async function forgetWhatAClientTyped(walk: Walk): Promise<void> {
  const unsent = 'Typed at a table in the library and then the cookies went.'
  const writer = await walk.stranger()
  const { page } = writer
  await writer.open('/refer/form')
  await page.getByLabel('What is happening?').fill(unsent)
  await writer.context.clearCookies()
  await page.getByRole('button', { name: 'Send' }).click()
  await writer.look('refer-not-kept')
  expect(await writer.read()).toContain('nothing you typed was kept')
  expect(await page.content()).not.toContain('library')
  await page.getByRole('link', { name: 'Open the page again' }).click()
  expect(await page.getByLabel('What is happening?').inputValue()).toBe('')
  expect(await countReferrals(walk.clinic, unsent)).toBe(0)
  expect(await findInDatabase(walk.clinic.ownerUrl, unsent)).toEqual({})
  expect(walk.clinic.logged.join('')).not.toContain('library')
  await writer.close()
}

/** Under age, somewhere else, a fraud: each is told who can help, and of none is a name or a word kept. */
export async function sendElsewhere(walk: Walk): Promise<void> {
  for (const [case_, answer, heading] of [
    ['under-age', { 'Are you 18 or older?': 'No' }, /younger/],
    ['other-area', { 'Are you 18 or older?': 'Yes', postcode: 'M1 1AE' }, /outside/],
    [
      'fraud',
      {
        'Are you watched, followed or harassed through phones, accounts, cars, cameras or the internet?':
          'No, it is about a fraud or scam',
      },
      /fraud/,
    ],
  ] as const) {
    const writer = await walk.stranger({ scripts: false })
    const { page } = writer
    await writer.open('/refer/form')
    const words = `Nobody at ${case_} must keep the heron.`
    await page.getByLabel('What is happening?').fill(words)
    await page.getByLabel('What may we call you?').fill('Heron Nobody')
    for (const [group, choice] of Object.entries(answer)) {
      if (group === 'postcode') await page.getByLabel('Your home postcode').fill(choice)
      else await page.getByRole('group', { name: group }).getByLabel(choice, { exact: true }).check()
    }
    await page.getByRole('button', { name: 'Send' }).click()
    await writer.look(`other-help-${case_}`)
    expect(new URL(page.url()).pathname).toBe('/refer/other-help')
    expect(await writer.read()).toMatch(heading)
    expect(await page.locator('main').getByRole('link', { name: /./ }).count()).toBeGreaterThan(1)
    await writer.close()
  }
  expect(await countReferrals(walk.clinic, 'heron')).toBe(0)
  expect(await findInDatabase(walk.clinic.ownerUrl, 'heron')).toEqual({})
}
