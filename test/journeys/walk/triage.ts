import { expect } from 'vitest'
import { story } from './story.ts'
import type { Walk } from './world.ts'

/** A coordinator triages the call with reasons, checks for conflicts, and opens a case for the agencies agreed to. */
export async function openTheCase(walk: Walk): Promise<void> {
  const adviser = await walk.as('cyber-adviser')
  await adviser.open('/triage')
  await adviser.look('not-your-page')
  expect(await adviser.read()).toContain('Your role at the clinic does not use this page')

  const coordinator = await walk.as('coordinator')
  const { page } = coordinator
  await coordinator.open('/triage')
  await coordinator.look('triage-list')
  const lost = page.getByRole('row').filter({ hasText: 'Still to ask' }).first()
  await lost.getByRole('link').click()
  await coordinator.look('triage-conflict')
  expect(await coordinator.read()).toMatch(/A member of staff, Piers Example/)
  expect(await coordinator.read()).toMatch(/Piers Example cannot see this file/)

  await coordinator.open('/triage')
  await page.getByRole('link', { name: walk.kept('reference') }).click()
  await coordinator.look('triage')
  await page.getByRole('radio', { name: 'Known person with control' }).check()
  await page.getByRole('radio', { name: 'Within 2 days' }).check()
  await page.getByRole('button', { name: 'Save and choose agencies' }).click()
  await coordinator.look('triage-problem')
  expect(await coordinator.read('[role=alert]')).toContain(
    'Select at least one sign of a person who has control',
  )
  await page.getByRole('checkbox', { name: 'Knows or guesses passwords and answers' }).check()
  await page.getByRole('checkbox', { name: /^Set up the home/ }).check()
  await page.getByRole('button', { name: 'Save and choose agencies' }).click()

  await page.getByRole('heading', { name: /^Open a case from/ }).waitFor()
  await coordinator.look('open-case')
  await page.getByRole('button', { name: 'Open the case' }).click()
  expect(await coordinator.read('[role=alert]')).toContain('Select how they gave consent')
  await coordinator.look()
  for (const agency of await page
    .getByRole('group', { name: 'Who may work on this case?' })
    .getByRole('checkbox')
    .all())
    await agency.check()
  await page.getByRole('group', { name: 'How did they give consent?' }).getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Open the case' }).click()
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
  await coordinator.look('case')
  expect(await coordinator.read('h1')).toContain(story.client)
  walk.keep('case', new URL(page.url()).pathname)
  await page.getByRole('link', { name: 'What was told first' }).click()
  await coordinator.look('first-account')
  expect(await coordinator.read()).toContain('as it was told')
  await page.getByRole('link', { name: 'Type and urgency, with their reasons' }).click()
  await coordinator.look('type-and-urgency')
  expect(await coordinator.read()).toContain('Knows or guesses passwords and answers')
  await page.getByRole('button', { name: 'Revise type and urgency' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await coordinator.look('revise-problem')
  expect(await coordinator.read('[role=alert]')).toContain('Enter what changed, and how that is known')
  await coordinator.open(`${walk.kept('case')}/trail`)
  await coordinator.look('trail')
  await coordinator.open(`${walk.kept('case')}/consents`)
  await coordinator.look('consents')
  await coordinator.open('/cases')
  await coordinator.look('caseload')
}
