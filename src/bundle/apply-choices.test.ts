import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BundleEntry, sayWho } from '../chronology/bundle-entry.ts'
import type { GiveawaySearch } from '../evidence/giveaways/giveaway.ts'
import { readOwnDetails } from '../evidence/giveaways/own-details.ts'
import type { ItemId } from '../foundation/ids.ts'
import { listWhatLeaves, makeChooser } from './apply-choices.ts'
import {
  type ExhibitChoice,
  exhibitChoices,
  findOpenChoices,
  keepChoices,
  type WeighedExhibit,
} from './exhibit-choice.ts'
import { writeRow } from './gather-input.ts'

const own = readOwnDetails(['07700 900123', 'TN9 1AA'], [])
const clean: GiveawaySearch = { found: [], notLooked: [], notLookedCount: 0, pictures: 0, inName: false }
const looks = fc.constantFrom<GiveawaySearch | null>(
  null,
  clean,
  { ...clean, found: [{ kind: 'position', count: 1, places: [] }], pictures: 1 },
  { ...clean, notLooked: [{ because: 'It is a video.', place: null }], notLookedCount: 1 },
)
const unread = fc.constantFrom<WeighedExhibit['notRead']>(
  null,
  { how: 'not-read', words: 'Set aside by a person, and not read: sent to 07700 900123' },
  { how: 'in-part', words: 'Read in part: the first 3 records.' },
)
const exhibits = fc
  .array(fc.record({ look: looks, notRead: unread, mayCopy: fc.boolean() }), { maxLength: 6 })
  .map(list =>
    list.map(
      (each, index): WeighedExhibit => ({
        ...each,
        itemId: `item-${index}` as ItemId,
        reference: `ABC/${index + 1}`,
        originalName: 'file',
      }),
    ),
  )
const choices = fc.array(fc.option(fc.constantFrom<ExhibitChoice>(...exhibitChoices)), {
  minLength: 6,
  maxLength: 6,
})
const chosenFor = (list: readonly WeighedExhibit[], given: readonly (ExhibitChoice | null)[]) =>
  Object.fromEntries(
    list.flatMap(({ itemId }, index) => (given[index] ? [[itemId, given[index]] as const] : [])),
  )

const blank = {
  when: '',
  zone: '',
  certainty: 'exact',
  who: '',
  platform: '',
  codes: [],
  acts: [],
  writtenByApp: '',
  impact: { clientWords: '', changed: '', toldTo: '' },
} as const
const entries = (count: number) =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom('record' as const, 'not-read' as const, 'incident' as const),
        what: fc.constantFrom('he rang 07700 900123', 'outside TN9 1AA', 'nothing'),
        reason: fc.constantFrom('', 'Set aside: she rang from 07700 900123'),
        isRead: fc.boolean(),
        items: fc.uniqueArray(fc.nat(Math.max(0, count - 1)), { maxLength: count }),
      }),
    )
    .map(list =>
      list.map(
        ({ kind, what, reason, isRead, items }): BundleEntry => ({
          ...blank,
          kind,
          what,
          reason,
          incidentNumber: kind === 'incident' ? 1 : null,
          sources: items.map(index => ({
            itemId: `item-${index}` as ItemId,
            exhibit: `ABC/${index + 1}`,
            place: 'line 1',
            who: senderIn(index),
            isRead: kind !== 'incident' || isRead,
          })),
        }),
      ),
    )
    .map(list => list.map(entry => tellAll({ ...entry, who: sayWho(entry.sources) })))
/** The client's number is a sender of every other exhibit; in all of them somebody is who is in no other. */
const senderIn = (index: number) => `Sender of ABC/${index + 1}${index % 2 ? ', +44 7700 900123' : ''}`
/** A message in several exhibits is in each of them in its own words. */
function tellAll(entry: BundleEntry): BundleEntry {
  if (entry.kind === 'incident') return { ...entry, platform: 'WhatsApp on 07700 900123' }
  const shown = entry.sources.map(
    (source): BundleEntry => ({
      ...entry,
      who: source.who,
      what: `${entry.what} [With: of-${source.exhibit}.jpg]`,
      sources: [source],
    }),
  )
  const [first, ...toldAgain] = shown
  return first ? { ...first, sources: entry.sources, toldAgain } : entry
}

test('nothing that gives the client away, or was not searched, leaves without a choice', () => {
  fc.assert(
    fc.property(exhibits, choices, (list, given) => {
      const chosen = chosenFor(list, given)
      const open = new Set(findOpenChoices(list, chosen).map(({ itemId }) => itemId))
      for (const { itemId, look, mayCopy } of list) {
        const harmless = look !== null && look.found.length === 0 && look.notLookedCount === 0
        const choice = chosen[itemId]
        const settled = choice === 'working-copy' ? mayCopy : harmless || choice !== undefined
        expect(open.has(itemId)).toBe(!settled)
      }
    }),
  )
})

test('a form cannot choose for what it was not asked about, or a copy that cannot be made', () => {
  fc.assert(
    fc.property(exhibits, choices, (list, given) => {
      const kept = keepChoices(list, { ...chosenFor(list, given), stranger: 'original' })
      expect(kept['stranger']).toBeUndefined()
      for (const { itemId, mayCopy } of list) if (!mayCopy) expect(kept[itemId]).not.toBe('working-copy')
    }),
  )
})

test('what is left out leaves with every word read from it; each incident stays, and every row is said somewhere', () => {
  fc.assert(
    fc.property(
      exhibits.chain(list => fc.tuple(fc.constant(list), choices, entries(list.length))),
      ([list, given, rows]) => {
        const chosen = chosenFor(list, given)
        const cited = new Set(rows.flatMap(({ sources }) => sources.map(({ itemId }) => itemId)))
        const weighed = list.filter(({ itemId }) => cited.has(itemId))
        const chooser = makeChooser(weighed, chosen, own)
        const kept = rows.flatMap(row => chooser.apply(row) ?? [])
        const notIncluded = chooser.notIncluded()
        for (const entry of kept)
          for (const { itemId } of entry.sources) expect(chosen[itemId]).not.toBe('leave-out')
        const incidents = (from: readonly BundleEntry[]) =>
          from.filter(({ kind }) => kind === 'incident').length
        expect(incidents(kept)).toBe(incidents(rows))
        const gone = rows.length - kept.length
        const counted = (start: string) => notIncluded.find(({ what }) => what.startsWith(start))?.count ?? 0
        const lines = counted('Lines that say what was not read')
        expect(counted('Messages read from') + lines).toBe(gone)
        const notRead = (from: readonly BundleEntry[]) =>
          from.filter(({ kind }) => kind === 'not-read').length
        expect(lines).toBe(notRead(rows) - notRead(kept))
        for (const { reason } of kept) expect(reason).not.toContain('07700 900123')
        expect(JSON.stringify(notIncluded)).not.toContain('07700 900123')
        for (const { reference, itemId, notRead: unreadOf } of weighed)
          expect(
            notIncluded.some(
              ({ what }) => what.startsWith('NOT read') && what.endsWith(`exhibit ${reference}`),
            ),
          ).toBe(unreadOf !== null && chosen[itemId] !== 'leave-out')
        for (const { kind, what, sources } of kept)
          if (kind === 'incident')
            for (const { exhibit, isRead } of sources)
              expect(
                new RegExp(`Rests also on a record of [^\\]]*${exhibit}[^\\]]*not read now`).test(what),
              ).toBe(!isRead)
        for (const entry of kept)
          if (entry.kind === 'incident')
            expect(JSON.stringify(writeRow(entry, 1))).not.toMatch(/7700 900123|TN9 1AA/)
        for (const { itemId, reference } of list)
          if (chosen[itemId] === 'leave-out')
            for (const entry of kept)
              expect(JSON.stringify(writeRow(entry, 1))).not.toMatch(
                new RegExp(`Sender of ${reference}|of-${reference}.jpg`),
              )
        for (const { itemId, reference } of list)
          if (chosen[itemId] === 'leave-out' && cited.has(itemId))
            expect(notIncluded.map(({ what }) => what)).toContain(`Exhibit ${reference}`)
      },
    ),
  )
})

test('an original that goes out with what it holds is said to, by name', () => {
  fc.assert(
    fc.property(exhibits, choices, (list, given) => {
      const chosen = chosenFor(list, given)
      const said = listWhatLeaves(list, chosen).map(({ what }) => what)
      for (const { itemId, reference, look } of list) {
        const holds = look === null || look.found.length > 0 || look.notLookedCount > 0
        const line = `NOT taken out: what exhibit ${reference} holds`
        expect(said.includes(line)).toBe(chosen[itemId] === 'original' && holds)
      }
    }),
  )
})
