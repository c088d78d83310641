import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../test/support/test-site.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import { readItem } from './read-item.ts'
import { takeInEvidence } from './take-in-evidence.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let itemId: ItemId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world)
  // Longer than what is told of nobody: more than one piece, and of few records.
  const long = 'where are you now, answer me '.repeat(150)
  const lines = Array.from({ length: 300 }, (_, index) => `13/01/2025, 10:00 - Sam: ${index} ${long}\n`)
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
    name: 'WhatsApp Chat with Sam.txt',
    broughtBy: 'ABC',
    howObtained: 'exported',
    body: Readable.from([Buffer.from(lines.join(''))]),
  })
  if (taken.kind !== 'taken-in') throw new Error(taken.because)
  itemId = taken.itemId
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const pageOfItem = async (): Promise<string> =>
  (await site.get(`/cases/${caseId}/evidence/${itemId}`, { as: 'cyber-adviser' })).text

const progressKept = () =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query<{ state: string; progress: Buffer | null }>(
      'select state, progress from unwatched.reading where item_id = $1',
      [itemId],
    )
    return found.rows[0]
  })

test('somebody who waits sees how much of a file has been read, and no thief does', async () => {
  expect(await pageOfItem()).toContain('Nothing has been read yet.')
  let page = ''
  await asOwner(world.ownerUrl, async client => {
    // The reading goes on to its end, and waits there before it keeps what it found.
    await client.query('begin')
    await client.query('lock table unwatched.giveaway_search in share mode')
    const reading = readItem(world.clinic, caseId, itemId)
    while (!page.includes('of 1.3 MB')) page = await pageOfItem()
    const kept = await progressKept()
    expect(kept?.state).toBe('reading')
    expect(kept?.progress?.length).toBeLessThan(256)
    expect(kept?.progress?.toString('latin1')).not.toMatch(/\d{6}/)
    await client.query('commit')
    await reading
  })
  expect(page).toMatch(/(\d[\d.]* [kM]?B|bytes) of 1\.3 MB/)
  expect(page).toContain('See how far it is now')
  expect(await progressKept()).toMatchObject({ state: 'done', progress: null })
  expect(await pageOfItem()).not.toContain('See how far it is now')
})

test('S5 only a job notes how far a reading is, and only while it is at work', async () => {
  const note = (by: 'person' | 'job') => {
    const actor =
      by === 'person'
        ? world.as('cyber-adviser')
        : ({ kind: 'task', clinicId: world.clinic.clinicId, task: 'job-read-item' } as const)
    return withCase(
      world.clinic.database,
      actor,
      { caseId, part: 'evidence', mode: 'write' },
      async transaction => {
        const noted = sql`select unwatched.note_progress(${caseId}, ${itemId}, ${Buffer.from('noted')})`
        await noted.execute(transaction.tables())
      },
    )
  }
  const setState = (state: string) =>
    asOwner(world.ownerUrl, client =>
      client.query('update unwatched.reading set state = $1, progress = null where item_id = $2', [
        state,
        itemId,
      ]),
    )
  await setState('reading')
  await note('person')
  expect((await progressKept())?.progress).toBeNull()
  await note('job')
  expect((await progressKept())?.progress?.toString()).toBe('noted')
  await setState('done')
  await note('job')
  expect((await progressKept())?.progress).toBeNull()
})
