/** Fixed words, reviewed once and shown every time, for what a result means. */
// Rule S14
export const whatAHashShows = [
  'A matching hash shows that the bytes here are the bytes the clinic recorded when the item arrived.',
  'It does not show who wrote them, when they were written, or that what they say is true.',
  'Times in an exported chat are the times the exporting phone showed. They can be wrong where its clock was wrong.',
] as const

export const whatProvedMeans =
  'Whole, and proved: nothing was changed since the clinic signed it, and something you brought from outside agrees.'

export const whatNotProvedMeans =
  'Whole, but not proved to be ours: everything in the bundle agrees with itself. Anybody could have made such a bundle. To prove it, give the clinic\u2019s public key (--key) or a receipt (--receipt) that did not come with it.'
