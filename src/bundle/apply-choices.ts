import type { BundleEntry } from '../chronology/bundle-entry.ts'
import { needsChoice } from '../evidence/giveaways/giveaway.ts'
import { noOwnDetails, type OwnDetails, withholdOwnDetails } from '../evidence/giveaways/own-details.ts'
import type { ItemId } from '../foundation/ids.ts'
import type { NotIncluded } from './bundle-input.ts'
import { type ChosenExhibits, sayLook, type WeighedExhibit } from './exhibit-choice.ts'

/** The chronology as it goes out once the choices are applied, and what has to be said of what does not go. */
export type Applied = {
  readonly entries: readonly BundleEntry[]
  readonly leftOut: ReadonlySet<ItemId>
  readonly copied: ReadonlySet<ItemId>
  readonly notIncluded: readonly NotIncluded[]
}

/**
 * Applies what was chosen for each exhibit. A record read from an exhibit that is left out stays out; an incident stays,
 * and says what it rests on that is not here. In the clinic's own words the client's ways to be reached are withheld,
 * whatever was chosen (S6).
 */
export function applyChoices(
  entries: readonly BundleEntry[],
  exhibits: readonly WeighedExhibit[],
  chosen: ChosenExhibits,
  own: OwnDetails = noOwnDetails,
): Applied {
  const chose = (choice: string) => exhibits.filter(({ itemId }) => chosen[itemId] === choice)
  const leftOut = new Set(chose('leave-out').map(({ itemId }) => itemId))
  let rowsLeft = 0
  let withheld = 0
  const ours = (text: string): string => {
    const without = withholdOwnDetails(text, own)
    withheld += without.count
    return without.text
  }
  const kept = entries.flatMap((entry): BundleEntry[] => {
    const sources = entry.sources.filter(({ itemId }) => !leftOut.has(itemId))
    if (entry.kind === 'record') {
      if (sources.length === 0 && entry.sources.length > 0) {
        rowsLeft += 1
        return []
      }
      return [{ ...entry, sources }]
    }
    const gone = entry.sources.filter(({ itemId }) => leftOut.has(itemId)).map(({ exhibit }) => exhibit)
    const note =
      gone.length === 0 ? '' : `\n[Rests also on ${[...new Set(gone)].join(', ')}, which was left out.]`
    const { herWords, changed, toldTo } = entry.impact
    return [
      {
        ...entry,
        what: `${ours(entry.what)}${note}`,
        impact: { herWords: ours(herWords), changed: ours(changed), toldTo: ours(toldTo) },
        sources,
      },
    ]
  })
  const cited = new Set(entries.flatMap(entry => entry.sources.map(({ itemId }) => itemId)))
  const said = exhibits.filter(({ itemId }) => cited.has(itemId))
  const notIncluded: NotIncluded[] = [
    ...said
      .filter(({ itemId }) => leftOut.has(itemId))
      .map(exhibit => ({
        what: `Exhibit ${exhibit.reference}`,
        count: 1,
        because: `left out by choice. ${sayLook(exhibit.look)}`,
      })),
    ...(rowsLeft > 0
      ? [
          {
            what: 'Messages read from exhibits that were left out',
            count: rowsLeft,
            because: 'left out with their exhibit',
          },
        ]
      : []),
    ...said
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
            what: 'Ways to reach the client in the clinic’s own words on incidents',
            count: withheld,
            because: 'withheld; each place says so',
          },
        ]
      : []),
  ]
  return {
    entries: kept,
    leftOut,
    copied: new Set(chose('working-copy').map(({ itemId }) => itemId)),
    notIncluded,
  }
}

/** What does leave although it could give the client away: said beside what is not included, so that nobody is told otherwise. */
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
      because: `it is here as it arrived, by choice. ${sayLook(exhibit.look)}`,
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
