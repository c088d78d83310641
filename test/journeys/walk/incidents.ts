import { expect } from 'vitest'
import { search } from './evidence.ts'
import { signInAgain } from './staff-come-in.ts'
import { story } from './story.ts'
import type { Walk } from './world.ts'

/** An advocate makes an incident from a message: the source and the time come with it, the code is the advocate's. */
export async function makeFromMessages(walk: Walk): Promise<void> {
  const liaison = await walk.as('police-liaison')
  await liaison.open(`${walk.kept('case')}/incidents/new`)
  await liaison.look()
  expect(await liaison.read()).not.toContain('Make an incident')

  const nia = await walk.as('stalking-advocate')
  const { page } = nia
  await nia.open(`${walk.kept('case')}/chronology`)
  await search(nia, 'changed the lock')
  await page.getByRole('row').filter({ hasText: story.threat }).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Make an incident from these' }).click()
  await nia.look('new-incident')
  expect(await page.getByLabel('What happened').inputValue()).toContain(story.threat)
  await page.getByLabel('What happened').fill('')
  await page.getByRole('button', { name: 'Save the incident' }).click()
  await nia.look('new-incident-problem')
  await page.getByLabel('What happened').fill(`A message at night: “${story.threat}”.`)
  await page.getByRole('checkbox', { name: /Contacting, or trying to/ }).check()
  await page.getByRole('checkbox', { name: /Watching or spying/ }).check()
  await page.getByRole('button', { name: 'Save the incident' }).click()
  await page.getByRole('heading', { name: 'Incident 1' }).waitFor()
  await nia.look('incident')
  expect(await nia.read()).toContain('RT/1')
  expect(await nia.read()).toContain('20 September 2025')
}

/** The advocate's session ends while they write what the client tells; they sign in and send it, and it is one incident. */
export async function loseNothingWhenSignedOut(walk: Walk): Promise<void> {
  const nia = await walk.as('stalking-advocate')
  const { page } = nia
  await nia.open(`${walk.kept('case')}/incidents/new`)
  await page.getByLabel('What happened').fill(story.told)
  await page.getByRole('radio', { name: 'About that time' }).check()
  const date = page.getByRole('group', { name: 'Date', exact: true })
  await date.getByLabel('Day').fill('2')
  await date.getByLabel('Month').fill('10')
  await date.getByLabel('Year').fill('2025')
  await page.getByLabel('How the client felt').fill(story.felt)
  await page.getByRole('checkbox', { name: /Interfering with property/ }).check()

  const otherTab = await nia.context.newPage()
  await otherTab.goto('/staff')
  await otherTab.getByRole('button', { name: 'Sign out' }).click()
  await otherTab.waitForURL(/\/sign-in/)
  await otherTab.close()

  await page.getByRole('button', { name: 'Save the incident' }).click()
  await nia.look('signed-out-in-a-form')
  expect(await nia.read()).toContain('You were signed out before this was sent')
  expect(await page.content()).not.toContain('hall camera')
  await signInAgain(walk, nia, 1)
  await nia.look('send-again')
  await page.getByRole('button', { name: 'Send it now' }).click()
  await page.getByRole('heading', { name: 'Incident 2' }).waitFor()
  expect(await nia.read()).toContain(story.told)
  expect(await nia.read()).toContain(story.felt)
  expect(await nia.read()).toContain('What the client told')
}

/** One timeline holds messages and incidents, narrows down, and draws how often and at what hour. */
export async function seeOneLine(walk: Walk): Promise<void> {
  const nia = await walk.as('stalking-advocate')
  const { page } = nia
  await nia.open(`${walk.kept('case')}/incidents`)
  await nia.look('incidents')
  expect(await nia.read()).toContain('Nobody has chosen which incidents are the course of conduct')
  await page.getByRole('link', { name: 'Choose the incidents of the course of conduct' }).click()
  await nia.look('conduct')
  await page
    .getByRole('checkbox', { name: /^Incident 1\./ })
    .first()
    .check()
  await page
    .getByRole('checkbox', { name: /^Incident 2\./ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Save the choice' }).click()
  await page.getByRole('heading', { level: 1, name: 'Incidents' }).waitFor()
  await nia.look('incidents-with-conduct')
  expect(await nia.read()).toContain('Course of conduct: incidents 1 and 2')
  await nia.open(`${walk.kept('case')}/chronology`)
  await nia.look('chronology-advocate')
  expect(await page.locator('main svg').count()).toBeGreaterThanOrEqual(3)
  const line = page.getByRole('region', { name: 'Timeline' })
  expect(await line.textContent()).toContain('Answer me')

  await page.getByText('Search and narrow down').click()
  await page.getByLabel('Show', { exact: true }).selectOption('Incidents only')
  await page.getByLabel('Act of stalking').selectOption({ index: 2 })
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL(/show=incidents/)
  await nia.look('chronology-narrowed')
  expect(await line.textContent()).toContain('Incident 1')
  expect(await line.textContent()).not.toContain('Incident 2')
  expect(await line.textContent()).not.toContain('Answer me')
  await nia.open(walk.kept('case'))
  await nia.look('case-advocate')
}
