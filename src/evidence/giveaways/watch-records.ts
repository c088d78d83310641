import type { Account, EvidenceRecord, Place } from '../importers/importer.ts'
import { findInText } from './find-in-text.ts'
import {
  type Giveaway,
  type GiveawayKind,
  type GiveawaySearch,
  giveawayKinds,
  type NotSearched,
  placesKept,
} from './giveaway.ts'
import type { OwnDetails } from './own-details.ts'

/** Looks records through as they pass. Every byte of an item is in one record, so what no record explains is not known. */
export type GiveawayWatch = {
  readonly see: (record: EvidenceRecord) => void
  /** The name the item came under: it goes along with every copy. */
  readonly seeName: (name: string) => void
  /**
   * What was said of the item as a whole: notes are words too, and a bound that was reached or a part that was not read
   * left something unseen.
   */
  readonly seeAccount: (account: Account) => void
  readonly close: () => GiveawaySearch
}

/** Problems behind which there are bytes that no record stands for. */
const unseenBecause: ReadonlySet<string> = new Set([
  'too-many-entries',
  'total-size',
  'broken-archive',
  'long-comment',
])

export function watchForGiveaways(own: OwnDetails): GiveawayWatch {
  const found = new Map<GiveawayKind, { count: number; places: Place[] }>()
  const notLooked: NotSearched[] = []
  let notLookedCount = 0
  let pictures = 0
  let inName = false
  const add = (kind: GiveawayKind, count: number, place: Place): void => {
    const before = found.get(kind) ?? { count: 0, places: [] }
    if (before.places.length < placesKept) before.places.push(place)
    found.set(kind, { count: before.count + count, places: before.places })
  }
  const leave = (because: string, place: Place): void => {
    notLookedCount += 1
    if (notLooked.length < placesKept) notLooked.push({ because, place })
  }
  return {
    see(record) {
      const { place, image } = record
      // The raw text has the sender too; a format that keeps none has it beside the text.
      const texts = [
        record.raw,
        record.raw.includes(record.text) ? '' : record.text,
        record.raw === '' ? record.sender : '',
      ]
      const words = [
        ...texts,
        image?.words,
        ...record.attachments.flatMap(each => [each.name, each.inside?.words]),
        place.entry,
      ]
      const counted = findInText(words.filter(each => each).join('\n'), own)
      for (const [kind, count] of counted) add(kind, count, place)
      if (record.kind === 'image') {
        pictures += 1
        if (image?.position === 'written') add('position', 1, place)
        if (image === null) leave('It is a picture that was not looked into.', place)
        else if (image.positionNotKnown.length > 0) leave(image.positionNotKnown.join(' '), place)
      }
      for (const { inside } of record.attachments) {
        if (!inside) continue
        if (inside.kind !== null && inside.type.startsWith('image/')) pictures += 1
        if (inside.position === 'written') add('position', 1, place)
        if (inside.notLooked.length > 0) leave(inside.notLooked.join(' '), place)
      }
      if (['file', 'unknown', 'quarantined'].includes(record.kind) && place.to > place.from) {
        leave(record.reason ?? 'It was not understood.', place)
      }
    },
    seeName(name) {
      for (const [kind, count] of findInText(name, own)) {
        inName = true
        add(kind, count, { from: 0, to: 0, firstLine: null, lastLine: null, entry: name })
      }
    },
    seeAccount({ notes, problems, readable, bytes, part }) {
      const whole: Place = { from: 0, to: bytes, firstLine: null, lastLine: null, entry: null }
      for (const [kind, count] of findInText(notes.join('\n'), own)) add(kind, count, whole)
      for (const { code, message, place } of problems)
        if (unseenBecause.has(code)) leave(message, place ?? whole)
      // The line that stands for what was not read says the same, unless it stands for no bytes.
      if (part && !notLooked.some(({ because }) => because === part.words)) leave(part.words, whole)
      if (!readable) leave('It could not be read to its end.', whole)
    },
    close: () => ({
      found: giveawayKinds.flatMap((kind): Giveaway[] => {
        const one = found.get(kind)
        return one ? [{ kind, ...one }] : []
      }),
      notLooked,
      notLookedCount,
      pictures,
      inName,
    }),
  }
}
