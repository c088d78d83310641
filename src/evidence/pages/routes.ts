import type { AnyRoute } from '../../identity/route.ts'
import { largestFile } from '../item.ts'
import { showCustody } from './custody/page.ts'
import { showEvidence, takeEvidence } from './evidence/page.ts'
import { giveOriginal, showItem, takeItemAnswers, takeReadAgain } from './item/page.ts'
import { givePicture, giveSmallPicture, showPicture, takePictureAsked } from './picture/page.ts'
import { showPicturePosition } from './position/page.ts'
import { askForPart, takePart } from './reading/page.ts'
import { showReceipt } from './receipt/page.ts'
import { askForTranscript, takeTranscript } from './transcript/page.ts'

const look = { kind: 'case', part: 'evidence', mode: 'read', method: 'GET' } as const
const change = { kind: 'case', part: 'evidence', mode: 'write', method: 'POST' } as const

/** What the text fields and the wrapping of a form may add to its files. */
const wrapping = 16 * 1024 * 1024

/** The pages of the room. */
export const evidenceRoutes: readonly AnyRoute[] = [
  { ...look, path: '/cases/:case/evidence', answer: showEvidence },
  {
    ...change,
    path: '/cases/:case/evidence',
    upload: { maxBytes: largestFile + wrapping },
    answer: takeEvidence,
  },
  { ...look, path: '/cases/:case/evidence/custody', answer: showCustody },
  { ...look, path: '/cases/:case/evidence/receipts/:arrival', answer: showReceipt },
  { ...look, path: '/cases/:case/evidence/:item', answer: showItem },
  { ...change, path: '/cases/:case/evidence/:item/answers', answer: takeItemAnswers },
  { ...change, path: '/cases/:case/evidence/:item/read-again', answer: takeReadAgain },
  { ...change, method: 'GET', path: '/cases/:case/evidence/:item/reading', answer: askForPart },
  { ...change, path: '/cases/:case/evidence/:item/reading', answer: takePart },
  { ...look, path: '/cases/:case/evidence/:item/picture', answer: showPicture },
  { ...change, path: '/cases/:case/evidence/:item/picture', answer: takePictureAsked },
  {
    ...look,
    path: '/cases/:case/evidence/:item/picture/whole',
    isDrawnInPage: true,
    answer: givePicture,
  },
  {
    ...look,
    path: '/cases/:case/evidence/:item/picture/small',
    isDrawnInPage: true,
    answer: giveSmallPicture,
  },
  {
    ...change,
    method: 'GET',
    path: '/cases/:case/evidence/:item/transcript',
    answer: askForTranscript,
  },
  { ...change, path: '/cases/:case/evidence/:item/transcript', answer: takeTranscript },
  {
    ...look,
    method: 'POST',
    path: '/cases/:case/evidence/:item/position',
    answer: showPicturePosition,
  },
  { ...look, path: '/cases/:case/evidence/:item/original', answer: giveOriginal },
]
