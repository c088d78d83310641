import { beforeAll, expect, test } from 'vitest'
import { wordsIn } from '../../../test/support/ordinary-household.ts'
import { inventoryOf, inventoryOfStory, thingOf } from '../../../test/support/story-inventory.ts'
import { knownPersonMap, strangerMap } from '../../app/demo/map-stories.ts'
import type { CardId } from '../../foundation/ids.ts'
import { html } from '../../web/html.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory, Thing } from '../inventory/inventory.ts'
import { type Catalogue, loadCatalogue } from '../inventory/load-catalogue.ts'
import { sheetView } from '../pages/printed-steps/view.ts'
import type { LockOut } from './lock-out.ts'
import { writePlainSheet } from './plain-sheet.ts'
import { areWordsHarmless } from './plain-step.ts'

let entries: Catalogue['entries']
beforeAll(async () => {
  entries = (await loadCatalogue()).entries
})

type Chosen = Partial<Pick<LockOut, 'mode' | 'hour'>>

/** A chosen plan of every step there is: what nobody notices first, and of that what keeps evidence. */
function planOf(inventory: Inventory, chosen: Chosen = {}) {
  const drawn = drawUpMap(inventory, entries)
  const preserving = new Set(drawn.map.evidence.flatMap(each => each.preservedBy))
  const rank = ({ id, alerts }: { readonly id: string; readonly alerts: boolean }): number =>
    (alerts ? 2 : 0) + (preserving.has(id) ? 0 : 1)
  const steps = [...drawn.map.steps].sort((one, other) => rank(one) - rank(other))
  const lockOut: LockOut = {
    version: 1,
    mode: 'quiet',
    hour: null,
    never: [],
    kept: [],
    replanned: null,
    order: steps.map(each => each.id),
    cards: steps.map(({ id, label }, index) => ({
      cardId: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}` as CardId,
      step: id,
      label,
      state: { is: 'to-do' },
      reactions: [],
      changedIn: 1,
    })),
    ...chosen,
  }
  return { drawn: { ...drawn, whole: drawn.map, inventory }, lockOut, steps }
}

const sheetOf = ({ drawn, lockOut }: Pick<ReturnType<typeof planOf>, 'drawn' | 'lockOut'>) =>
  writePlainSheet(drawn, lockOut, entries)

/** A card that is in another state. */
const withState = (lockOut: LockOut, step: string, state: LockOut['cards'][number]['state']): LockOut => ({
  ...lockOut,
  cards: lockOut.cards.map(card => (card.step === step ? { ...card, state } : card)),
})
const by = { at: '2026-03-02T10:00:00.000Z', byName: 'Robin' }

test('what waits stands apart: nothing that will be noticed, and nothing after it, is among what is to be done now', () => {
  const plan = planOf(inventoryOfStory(strangerMap.things))
  const { places } = plan.drawn
  const sheet = sheetOf(plan)
  const firstLoud = plan.steps.findIndex(each => each.alerts || places.get(each.id) === 'none-fit')
  expect(firstLoud).toBeGreaterThan(5)
  expect(sheet.now.map(each => each.number)).toEqual(Array.from({ length: firstLoud }, (_, at) => at + 1))
  expect(sheet.now.length + sheet.waiting.length).toBe(plan.steps.length)
  // One that nobody notices, but that comes after one that waits, waits with it.
  const order = [...plan.lockOut.order.slice(firstLoud), ...plan.lockOut.order.slice(0, firstLoud)]
  expect(sheetOf({ ...plan, lockOut: { ...plan.lockOut, order } }).now).toEqual([])
})

test('in a clean break only what keeps evidence is to be done now', () => {
  const plan = planOf(inventoryOfStory(knownPersonMap.things), { mode: 'clean-break' })
  const preserving = new Set(plan.drawn.whole.evidence.flatMap(each => each.preservedBy))
  for (const { number } of sheetOf(plan).now)
    expect(preserving.has(plan.lockOut.order[number - 1] ?? '')).toBe(true)
  // Where nobody notices anything, that is what tells the two methods apart.
  const noor = planOf(inventoryOfStory(strangerMap.things))
  const apart = { ...noor, lockOut: { ...noor.lockOut, mode: 'clean-break' as const } }
  const kept = new Set(noor.drawn.whole.evidence.flatMap(each => each.preservedBy))
  expect(sheetOf(noor).now.some(({ number }) => !kept.has(noor.lockOut.order[number - 1] ?? ''))).toBe(true)
  expect(sheetOf(apart).now.every(({ number }) => kept.has(noor.lockOut.order[number - 1] ?? ''))).toBe(true)
})

test('a step that no device of the client’s is fit for, and a look at what takes time, wait for somebody’s word', () => {
  const plan = planOf(inventoryOfStory(strangerMap.things))
  const [first] = plan.steps
  expect(sheetOf(plan).now[0]?.number).toBe(1)
  const step = first?.id ?? ''
  const places = new Map([...plan.drawn.places, [step, 'none-fit' as const]])
  expect(sheetOf({ ...plan, drawn: { ...plan.drawn, places } }).waiting[0]?.number).toBe(1)
  const steps = plan.drawn.whole.steps.map(each => (each.id === step ? { ...each, waits: 48 } : each))
  const whole = { ...plan.drawn.whole, steps }
  expect(sheetOf({ ...plan, drawn: { ...plan.drawn, whole } }).waiting[0]?.number).toBe(1)
})

test('an hour that has come does not take a step out of what waits; only somebody’s word for that step does', () => {
  const plan = planOf(inventoryOfStory(knownPersonMap.things), { hour: '2020-01-01T10:00:00.000Z' })
  const loud = plan.steps.find(each => each.alerts)?.id ?? ''
  const number = plan.lockOut.order.indexOf(loud) + 1
  expect(sheetOf(plan).waiting.map(each => each.number)).toContain(number)
  const went = { ...plan, lockOut: withState(plan.lockOut, loud, { is: 'go', ...by }) }
  expect(sheetOf(went).now.map(each => each.number)).toContain(number)
  const failed = { ...plan, lockOut: withState(plan.lockOut, loud, { is: 'could-not', why: 'x', ...by }) }
  expect(sheetOf(failed).waiting.map(each => each.number)).toContain(number)
})

test('what is done is not on the sheet, and what is left keeps its number', () => {
  const plan = planOf(inventoryOfStory(knownPersonMap.things))
  const [first = ''] = plan.lockOut.order
  const lockOut = withState(plan.lockOut, first, { is: 'done', on: '2026-03-02', ...by })
  const [, second] = sheetOf(plan).now
  expect(sheetOf({ ...plan, lockOut }).now[0]).toEqual(second)
})

/** Homes in which somebody is watched, and one that gets new phones: every ordinary thing, with nothing to fear. */
function homes() {
  const watched = ['stalkerware', 'tracker', 'airtag', 'cameras', 'ring', 'hidden-microphone', 'life360']
  const kinds = [...watched, 'people', 'managed-device', 'papers-with-address', 'public-footprint', 'phone']
  const ofTheWatched = [
    inventoryOfStory(knownPersonMap.things),
    inventoryOfStory(strangerMap.things),
    inventoryOf(kinds.map((kind, index) => thingOf(kind, index + 1))),
  ]
  const ordinary = ['phone', 'iphone', 'android-phone', 'tablet', 'computer', 'mailbox', 'google-account']
  ordinary.push('apple-account', 'bank', 'number', 'router', 'smart-home', 'car', 'hyundai-kia', 'netflix')
  ordinary.push('voice-assistant', 'smart-lock', 'nuki', 'shared-calendar', 'family-group', 'property')
  ordinary.push('notebook', 'social-account', 'wearable', 'whatsapp', 'other-account', 'eero')
  const things = ordinary.map((kind, index) => thingOf(kind, index + 1))
  // Nobody else has any part of it, and everything is open on whatever it may be open on.
  const answered = things.map(thing => {
    const answers: Thing['answers'] = {}
    for (const question of entries.get(thing.entry)?.questions ?? []) {
      const of = question.kind === 'things' && ['devices', 'codes'].includes(question.id) ? question.of : []
      const tied = things.filter(each => each !== thing && of.includes(each.entry)).map(each => each.thingId)
      const belief = tied.length > 0 ? ('yes' as const) : ('no' as const)
      answers[question.id] = { told: { belief, things: tied } }
    }
    return { ...thing, answers }
  })
  return { ofTheWatched, newPhones: inventoryOf(answered) }
}

/** The page, as words without letters and numbers, line by line. */
function readOver(
  inventory: Inventory,
  chosen: Chosen = {},
): { readonly frame: string; readonly lines: readonly string[] } {
  const { markup } = sheetView(sheetOf(planOf(inventory, chosen)), html`not printed`)
  const paper = markup.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '')
  const lines = [...paper.matchAll(/<li[^>]*>([\s\S]*?)<\/li>/g)].map(([, line = '']) =>
    line
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/\b[A-Z]{1,2}\b( or)?/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
  return { frame: paper.replaceAll(/<li[^>]*>[\s\S]*?<\/li>/g, ''), lines }
}

const markOf = (line: string): string => (line.startsWith('Wait.') ? 'Wait.' : '')
const nounOf = (line: string): string => /\([^)]*\)/.exec(line)?.[0] ?? line
/** What is to be done, without where: “, on” and its letters stand behind any act. */
const actOf = (line: string): string => line.replace(/^.*?: /, '').replace(/ ?, on$/, '')

test('S2 somebody who looks over a client’s shoulder cannot tell their sheet from that of a home that gets new phones', () => {
  const { ofTheWatched, newPhones } = homes()
  // There too some things wait until somebody has spoken with them, such as what a network has to do.
  const harmless = readOver(newPhones, { mode: 'clean-break' })
  const [acts, nouns, marks] = [actOf, nounOf, markOf].map(part => new Set(harmless.lines.map(part)))
  for (const inventory of ofTheWatched) {
    const { frame, lines } = readOver(inventory)
    expect(lines.length).toBeGreaterThan(10)
    // What stands around the lines is the same, or less of it.
    for (const word of wordsIn(frame)) expect([...wordsIn(harmless.frame)]).toContain(word)
    expect(areWordsHarmless(frame)).toBe(true)
    for (const line of lines) {
      expect([...(acts ?? [])], line).toContain(actOf(line))
      expect([...(nouns ?? [])], line).toContain(nounOf(line))
      expect([...(marks ?? [])], line).toContain(markOf(line))
    }
  }
})
