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
    reading,
  }
}
