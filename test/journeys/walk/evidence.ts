import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { JourneyPerson } from '../../support/journey-person.ts'
import {
  type BroughtFile,
  chatWithDoubtfulDates,
  chatWithMedia,
  hostileChat,
  notAChat,
  screenshot,
} from './files.ts'
import { story } from './story.ts'
import type { Walk } from './world.ts'

async function bring(walk: Walk, adviser: JourneyPerson, files: readonly BroughtFile[]): Promise<void> {
  const { page } = adviser
  await adviser.open(`${walk.kept('case')}/evidence`)
  await page.getByLabel('Initials of who brought it').fill('RT')
  await page.getByLabel('How was it obtained?').fill('Exported on the client’s own phone while I watched.')
  await page.getByRole('radio', { name: /^United Kingdom/ }).check()
  await page.getByLabel('Choose files').setInputFiles([...files])
  await page.getByRole('button', { name: 'Keep these files' }).click()
  await page.waitForLoadState()
}

/** Waits for the queue: looks at the page again and again, as a person does, until nothing is being read. */
async function waitForReadings(walk: Walk, adviser: JourneyPerson): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    await adviser.open(`${walk.kept('case')}/evidence`)
    if (!(await adviser.read()).includes('Being read')) return
    await wait(250)
  }
  expect.fail('everything that was brought is read within seconds')
}

/** An adviser hands in what the client brought; each file is kept, receipted and read, or clearly is not a chat. */
export async function takeInEvidence(walk: Walk): Promise<void> {
  const handler = await walk.as('call-handler')
  await handler.open(`${walk.kept('case')}/evidence`)
  await handler.look('not-there')
  expect(await handler.read()).not.toContain('Evidence')

  const adviser = await walk.as('cyber-adviser')
  const { page } = adviser
  await adviser.open(`${walk.kept('case')}/evidence`)
  await adviser.look('evidence-empty')
  await page.getByRole('button', { name: 'Keep these files' }).click()
  await adviser.look('evidence-problem')
  const chat = await chatWithMedia()
  await bring(walk, adviser, [chat])
  await page.getByRole('heading', { name: 'Receipt for RT/1' }).waitFor()
  await adviser.look('receipt')
  await page.getByText('The receipt as text').click()
  walk.keep('receipt', (await page.locator('.receipt-text').textContent()) ?? '')

  await bring(walk, adviser, [hostileChat(), await screenshot(), notAChat(), chatWithDoubtfulDates()])
  await page.getByRole('heading', { name: 'What became of the files' }).waitFor()
  await adviser.look('files-taken')
  await waitForReadings(walk, adviser)
  await adviser.look('evidence')
  const rowOf = async (exhibit: string): Promise<string> =>
    (await page.getByRole('row').filter({ hasText: exhibit }).textContent()) ?? ''
  expect(await rowOf('RT/1')).toMatch(/Read.*\d+ messages.*0 not understood, 0 set aside/)
  expect(await rowOf('RT/2')).toMatch(/4 messages/)
  expect(await rowOf('RT/3')).toMatch(/1 picture/)
  expect(await rowOf('RT/4')).toMatch(/PDF/)
  expect(await rowOf('RT/5')).toContain('Has a question')

  await bring(walk, adviser, [chat])
  await page.getByRole('heading', { name: 'Receipt for RT/1' }).waitFor()
  await adviser.open(`${walk.kept('case')}/evidence`)
  expect(await rowOf('RT/1')).toContain('2 arrivals')
  await page.getByRole('link', { name: 'RT/1', exact: true }).click()
  await adviser.look('exhibit')
  await adviser.open(`${walk.kept('case')}/evidence/custody`)
  await adviser.look('custody')
}

/** A chat whose dates can be read as two different days asks, and remembers the answer. */
export async function answerTheQuestion(walk: Walk): Promise<void> {
  const adviser = await walk.as('cyber-adviser')
  const { page } = adviser
  await adviser.open(`${walk.kept('case')}/evidence`)
  await page.getByRole('link', { name: 'RT/5', exact: true }).click()
  await adviser.look('question')
  await page.getByRole('radio', { name: /^Day first/ }).check()
  await page.getByRole('button', { name: 'Save and read again' }).click()
  await waitForReadings(walk, adviser)
  expect(await adviser.read()).not.toContain('Has a question')
  await page.getByRole('link', { name: 'RT/5', exact: true }).click()
  expect(await adviser.read()).toContain('From 3 April 2025 to 5 April 2025')
}

/** Every message stands on the timeline with its exhibit, its place in the source, and its zone. */
export async function readTheLine(walk: Walk): Promise<void> {
  const adviser = await walk.as('cyber-adviser')
  const { page } = adviser
  await adviser.open(`${walk.kept('case')}/chronology`)
  await adviser.look('chronology')
  await search(adviser, 'changed the lock')
  const row = page.getByRole('row').filter({ hasText: story.threat })
  const words = ((await row.textContent()) ?? '').replace(/\s+/g, ' ')
  expect(words).toMatch(/20 September 2025.*11:15pm/)
  expect(words).toContain('Europe/London')
  expect(words).toMatch(/RT\/1.*line \d+/)
  await row.getByRole('link', { name: /RT\/1/ }).click()
  await adviser.look('record')
  await adviser.open(`${walk.kept('case')}/chronology`)
  await search(adviser, 'caught')
  expect(await page.locator('main script').count()).toBe(0)
  expect(await adviser.read()).toContain('<script>alert("caught")</script>')
  await adviser.look()
}

/** Searches the timeline for words. */
export async function search({ page }: JourneyPerson, words: string): Promise<void> {
  await page.getByText('Search and narrow down').click()
  await page.getByLabel('Words', { exact: true }).fill(words)
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByText('Looking for').waitFor()
}
