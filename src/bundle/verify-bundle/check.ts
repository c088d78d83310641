/** The checks of a bundle, in the order they are shown. Each has one code, and each is in every result. */
export const checkTitles = {
  'bag-declaration': 'The bundle says what it is',
  'bag-complete': 'Every file is there, and no other',
  'payload-sha256': 'The contents match their SHA-256 list',
  'payload-sha512': 'The contents match their SHA-512 list',
  'tags-sha256': 'The lists match their SHA-256 list',
  'tags-sha512': 'The lists match their SHA-512 list',
  statement: 'The bundle is signed whole, with the key in the bundle',
  'stated-files': 'Every file is one that was signed, and none is missing or added',
  'stated-lists': 'The lists follow from the files that were signed',
  description: 'The description of the bundle can be read',
  'custody-chain': 'The custody lines follow one another',
  'custody-proofs': 'Every custody line is in the signed log',
  'stated-custody': 'Every custody line of each exhibit is here, up to the signing of the bundle',
  'head-signature': 'The head of the log is signed with the key in the bundle',
  'exhibits-in-custody': 'Every exhibit is the item in the custody log',
  receipts: 'The receipts you brought agree with the log',
  key: 'The key you brought signed the bundle',
} as const

export type CheckId = keyof typeof checkTitles
export type BundleCheck = {
  readonly id: CheckId
  readonly title: string
  readonly result: 'pass' | 'fail' | 'not-checked'
  readonly detail: string
  /** Everything that is wrong, each with its place; empty when nothing is. */
  readonly places: readonly string[]
}

/** A check that failed when it found something, and passed when not. */
export function judge(id: CheckId, places: readonly string[], pass: string): BundleCheck {
  const title = checkTitles[id]
  if (places.length === 0) return { id, title, result: 'pass', detail: pass, places }
  const [first = ''] = places
  const detail = places.length === 1 ? first : `${places.length} things are wrong. The first: ${first}`
  return { id, title, result: 'fail', detail, places }
}

/** A check that could not say anything, and why. */
export function leaveOut(id: CheckId, because: string): BundleCheck {
  return { id, title: checkTitles[id], result: 'not-checked', detail: because, places: [] }
}
