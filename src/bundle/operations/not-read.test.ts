import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import { askToRead } from '../../evidence/operations/ask-to-read.ts'
import { readItem } from '../../evidence/operations/read-item.ts'
import { takeInEvidence } from '../../evidence/operations/take-in-evidence.ts'
import type { ReadAsked } from '../../evidence/read-part.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { ChosenExhibits } from '../exhibit-choice.ts'
import { askForBundle } from './ask-for-bundle.ts'
import { buildBundleFile } from './build-bundle-file.ts'
import { decideBundle } from './decide-bundle.ts'
import { openBundle } from './open-bundle.ts'

let world: TestClinic
let theCase: CaseId
const items: Record<'whole' | 'aside' | 'part' | 'long' | 'never', ItemId> = {
  whole: '' as ItemId,
  aside: '' as ItemId,
  part: '' as ItemId,
  long: '' as ItemId,
  never: '' as ItemId,
}

beforeAll(async () => {
  world = await openTestClinic()
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.clinic set profile = $1', [
      readFileSync(new URL('../../../profiles/west-kent.json', import.meta.url), 'utf8'),
    ]),
  )
  theCase = await openTestCase(world)
  for (const name of ['whole', 'aside', 'part', 'long'] as const) {
    items[name] = await bring(name)
    const clinic = name === 'long' ? { ...world.clinic, mostRecords: { file: 5 } } : world.clinic
    await readItem(clinic, theCase, items[name])
  }
  items.never = await bring('never')
  await withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId: theCase, part: 'chronology', mode: 'write' },
    transaction =>
      makeIncident(transaction, theCase, 'told-once', {
        when: { precision: 'exact', startsAt: new Date('2026-01-13T10:00:00Z') },
        zone: 'Europe/London',
        noticedOn: null,
        what: 'He threatened to come.',
        clientWords: '',
        changed: '',
        whereCoarse: '',
        toldTo: '',
        platform: 'WhatsApp',
        codes: ['B_CONTACT'],
        records: [
          { itemId: items.whole, ordinal: 0 },
          { itemId: items.aside, ordinal: 4 },
        ],
      }),
  )
  await readAs('aside', { kind: 'nothing', reason: 'the same chat, twice' })
  await readAs('part', { kind: 'first', records: 2 })
}, 120_000)
afterAll(() => world.close())

async function bring(name: string): Promise<ItemId> {
  const chat = Array.from(
    { length: 9 },
    (_, index) => `${13 + index}/01/2026, 10:00 - Kay Made-up: ${name} ${index}\n`,
  )
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), theCase, {
    name: `WhatsApp Chat with ${name}.txt`,
    broughtBy: 'ABC',
    howObtained: 'exported',
    body: Readable.from([Buffer.from(chat.join(''))]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind === 'refused') throw new Error(taken.because)
  return taken.itemId
}

async function readAs(name: keyof typeof items, asked: ReadAsked): Promise<void> {
  await withCase(
    world.clinic.database,
    world.as('cyber-adviser'),
    { caseId: theCase, part: 'evidence', mode: 'write' },
    transaction => askToRead(world.clinic, transaction, theCase, items[name], asked),
  )
  await readItem(world.clinic, theCase, items[name])
}

const onBundle = async <Answer>(
  role: 'stalking-advocate' | 'coordinator',
  work: Parameters<typeof withCase<Answer>>[3],
): Promise<Answer> => {
  const access = { caseId: theCase, part: 'bundle', mode: 'write' } as const
  const answer = await withCase(world.clinic.database, world.as(role), access, work)
  if (answer === null) throw new Error(`${role} may not`)
  return answer
}
const ask = (records: 'all' | 'in-incidents', exhibits: ChosenExhibits) =>
  onBundle('stalking-advocate', transaction =>
    askForBundle(transaction, theCase, {
      purpose: 'police-report',
      forAgency: world.agencies.police,
      choices: { records, note: '', exhibits },
      askedBy: world.people['stalking-advocate'],
      formToken: null,
    }),
  )

/** The bundle as the police get it: nothing in it is packed but the printed chronology. */
async function bundleOf(records: 'all' | 'in-incidents', exhibits: ChosenExhibits): Promise<string> {
  const asked = await ask(records, exhibits)
  if (!asked.allowed) throw new Error(asked.because)
  const { bundleId } = asked
  await onBundle('coordinator', transaction =>
    decideBundle(transaction, theCase, bundleId, { approve: true, by: world.people.coordinator, note: '' }),
  )
  await buildBundleFile(world.clinic, theCase, bundleId)
  const opened = await openBundle(world.clinic, world.as('police-liaison'), theCase, bundleId)
  if (!opened) throw new Error('no bundle')
  return (await buffer(opened.body)).toString('utf8')
}

test('S6 what was not read goes whole only if somebody chose that', async () => {
  const asIs = (names: readonly (keyof typeof items)[]): ChosenExhibits =>
    Object.fromEntries(names.map(name => [items[name], 'original' as const]))
  const all = ['aside', 'part', 'long', 'never'] as const
  expect((await ask('all', asIs(all))).allowed).toBe(true)
  for (const one of all)
    expect(await ask('all', asIs(all.filter(name => name !== one))), one).toEqual({
      allowed: false,
      because: 'choices-open',
    })
  // An incident that rests on a message that is not read now brings its exhibit along, and so the choice.
  expect(await ask('in-incidents', {})).toEqual({ allowed: false, because: 'choices-open' })
})

test('a bundle says of each exhibit that was not read that it was not, why, and what rests on it', async () => {
  const { aside, part, long, never } = items
  const whole = await bundleOf('all', {
    [aside]: 'original',
    [part]: 'original',
    [long]: 'original',
    [never]: 'original',
  })
  expect(whole).toContain('3 exhibits here were not read, or not wholly')
  expect(whole).toMatch(
    /NOT read: exhibit ABC\/2,not counted,"?Set aside by a person, and not read: the same chat, twice/,
  )
  expect(whole).toMatch(
    /NOT read to its end or in doubt: exhibit ABC\/3,not counted,"?Read in part: the first 2 records/,
  )
  expect(whole).toMatch(/NOT read: exhibit ABC\/4,not counted,"?Not read: too long/)
  expect(whole).toContain('Exhibits NOT read or not wholly read that are not here,1,')
  expect(whole).toContain('Exhibits that nothing in the chronology here rests on,0,')
  expect(whole).toMatch(/\[Kept apart\]\r?\nSet aside by a person, and not read: the same chat, twice/)
  expect(whole).toContain('[Rests also on a record of ABC/2, which is not read now.]')

  const some = await bundleOf('in-incidents', { [aside]: 'original' })
  expect(some).toContain('One exhibit here was not read, or not wholly')
  expect(some).toContain('NOT read: exhibit ABC/2,')
  expect(some).toContain('[Rests also on a record of ABC/2, which is not read now.]')
  expect(some).toContain('aside 4')
  expect(some).toContain('Exhibits NOT read or not wholly read that are not here,3,')

  const without = await bundleOf('in-incidents', { [aside]: 'leave-out' })
  expect(without).toContain('[Rests also on ABC/2, which was left out.]')
  expect(without).not.toContain('which is not read now')
  expect(without).not.toContain('aside 4')
}, 120_000)
