import type { Account } from '../../src/evidence/importers/importer.ts'
import type { ListedItem, Reading } from '../../src/evidence/item.ts'
import type { Sha256 } from '../../src/foundation/digest.ts'
import type { ItemId } from '../../src/foundation/ids.ts'

/** An item as the list of a case shows it, for tests of the list. */
export function listedItem(exhibitRef: string, reading: Reading | null): ListedItem {
  return {
    item: {
      itemId: exhibitRef as ItemId,
      exhibitRef,
      sha256: '' as Sha256,
      size: 1,
      mediaType: 'text/plain',
      kind: 'text',
      blobId: '',
      receivedAt: new Date('2026-03-02T10:00:00Z'),
    },
    originalName: 'chat.txt',
    arrivals: 1,
    hasPicture: false,
    reading,
  }
}

/** The account of twelve messages that were all understood. */
export const wholeAccount: Account = {
  bytes: 900,
  records: 12,
  unknown: 0,
  quarantined: 0,
  byKind: { message: 12, system: 0, call: 0, media: 0, image: 0, file: 0, unknown: 0, quarantined: 0 },
  earliest: null,
  latest: null,
  notRead: [],
  problems: [],
  problemCount: 0,
  notes: [],
  questions: [],
  readable: true,
}
