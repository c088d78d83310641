import { type BundleEntry, sayWho } from '../chronology/bundle-entry.ts'
import { needsChoice } from '../evidence/giveaways/giveaway.ts'
import { noOwnDetails, type OwnDetails, withholdOwnDetails } from '../evidence/giveaways/own-details.ts'
import type { ItemId } from '../foundation/ids.ts'
import type { NotIncluded } from './bundle-input.ts'
import { type ChosenExhibits, type ExhibitChoice, saySearch, type WeighedExhibit } from './exhibit-choice.ts'

/** The choices for one bundle, applied to its chronology one entry after another. */
export type Chooser = {
  /** The entry as it goes out, or null for one that stays. */
  readonly apply: (entry: BundleEntry) => BundleEntry | null
  /** What has to be said of what did not go, after every entry was applied. */
  readonly notIncluded: () => readonly NotIncluded[]
}

/**
 * Applies what was chosen for each exhibit. Nothing read from an exhibit that is left out goes out. A message that is
 * in other exhibits too is shown from the first of them that goes. An incident goes, names only people whom its other
 * sources name, and says what it rests on that is not here. In the row of an incident the client's channels are
 * withheld, whatever was chosen (S6).
 *
 * @param exhibits those that the chronology cites
 */
export function makeChooser(
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
  own: OwnDetails = noOwnDetails,
): Chooser {
  const leftOut = findChosen(exhibits, chosen, 'leave-out')
  const rowsLeft = { messages: 0, notRead: 0 }
  let withheld = 0
  const ours = (text: string): string => {
    const without = withholdOwnDetails(text, own)
    withheld += without.count
    return without.text
  }
  const applyToIncident = (entry: BundleEntry): BundleEntry => {
    const gone = entry.sources.filter(({ itemId }) => leftOut.has(itemId)).map(({ exhibit }) => exhibit)
    const note =
      gone.length === 0 ? '' : `\n[Rests also on ${[...new Set(gone)].join(', ')}, which was left out.]`
    const unread = entry.sources.filter(({ itemId, isRead }) => !isRead && !leftOut.has(itemId))
    const unreadNote =
      unread.length === 0
        ? ''
        : `\n[Rests also on a record of ${unread.map(({ exhibit }) => exhibit).join(', ')}, which is not read now.]`
    const { clientWords, changed, toldTo } = entry.impact
    const sources = entry.sources.filter(({ itemId }) => !leftOut.has(itemId))
    return {
      ...entry,
      who: sayWho(sources.map(({ who }) => ({ who: ours(who) }))),
      platform: ours(entry.platform),
      reason: ours(entry.reason),
      what: `${ours(entry.what)}${note}${unreadNote}`,
      impact: { clientWords: ours(clientWords), changed: ours(changed), toldTo: ours(toldTo) },
      sources,
    }
  }
  return {
    apply: entry => {
      if (entry.kind === 'incident') return applyToIncident(entry)
      if (entry.sources.length === 0) return { ...entry, reason: ours(entry.reason) }
      const sources = entry.sources.filter(({ itemId }) => !leftOut.has(itemId))
      const teller = [entry, ...(entry.toldAgain ?? [])].find(
        ({ sources: [source] }) => source && !leftOut.has(source.itemId),
      )
      if (teller) return { ...teller, sources, reason: ours(teller.reason) }
      if (entry.kind === 'record') rowsLeft.messages += 1
      else rowsLeft.notRead += 1
      return null
    },
    notIncluded: () => {
      const notRead = listNotRead(exhibits, chosen, ours)
      return [...sayNotIncluded(exhibits, chosen, { rowsLeft, withheld }), ...notRead]
    },
  }
}

/** The items for which this was chosen. */
export function findChosen(
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
  choice: ExhibitChoice,
): ReadonlySet<ItemId> {
  return new Set(exhibits.filter(({ itemId }) => chosen[itemId] === choice).map(({ itemId }) => itemId))
}

/** The exhibits that go and were not read, or not completely. What is in them is not in the chronology. */
function listNotRead(
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
  ours: (text: string) => string,
): readonly NotIncluded[] {
  return exhibits.flatMap(({ itemId, reference, notRead }) =>
    notRead && chosen[itemId] !== 'leave-out'
      ? [
          {
            what: `${notRead.how === 'not-read' ? 'NOT read' : 'NOT read to its end or in doubt'}: exhibit ${reference}`,
            count: null,
            because: ours(notRead.words),
          },
        ]
      : [],
  )
}

function sayNotIncluded(
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
  counted: { readonly rowsLeft: Readonly<Record<'messages' | 'notRead', number>>; readonly withheld: number },
): readonly NotIncluded[] {
  const { rowsLeft, withheld } = counted
  return [
    ...exhibits
      .filter(({ itemId }) => chosen[itemId] === 'leave-out')
      .map(exhibit => ({
        what: `Exhibit ${exhibit.reference}`,
        count: 1,
        because: `left out by choice. ${saySearch(exhibit.look)}`,
      })),
    ...(
      [
        ['Messages read from exhibits that were left out', rowsLeft.messages],
        ['Lines that say what was not read of exhibits that were left out', rowsLeft.notRead],
      ] as const
    )
      .filter(([, count]) => count > 0)
      .map(([what, count]) => ({ what, count, because: 'left out with their exhibit' })),
    ...exhibits
      .filter(({ itemId }) => chosen[itemId] === 'working-copy')
      .map(exhibit => ({
        what: `Everything but the pixels of exhibit ${exhibit.reference}`,
        count: null,
        because:
          'a copy made from the pixels goes in its place; whatever was written beside or behind them, further pictures too, stays with the original at the clinic',
      })),
    ...(withheld > 0
      ? [
          {
            what: 'Ways to reach the client in what the clinic wrote in the chronology and here',
            count: withheld,
            because: 'withheld; each place says so',
          },
        ]
      : []),
  ]
}

/**
 * What leaves although it could give the client away. It is said beside what is not included, so that nobody is
 * misled.
 */
export function listWhatLeaves(
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
): readonly NotIncluded[] {
  const originals = exhibits.filter(({ itemId, look }) => chosen[itemId] === 'original' && needsChoice(look))
  const pictures = exhibits
    .filter(({ itemId }) => chosen[itemId] !== 'leave-out')
    .reduce((sum, { look }) => sum + (look?.pictures ?? 0), 0)
  return [
    ...originals.map(exhibit => ({
      what: `NOT taken out: what exhibit ${exhibit.reference} holds`,
      count: null,
      because: `it is here as it arrived, by choice. ${saySearch(exhibit.look)}`,
    })),
    ...(pictures > 0
      ? [
          {
            what: 'NOT looked at: what the pictures show (faces, house numbers, schools, views)',
            count: pictures,
            because: 'only a person can; what they show is here',
          },
        ]
      : []),
  ]
}
