/** Fixed words, reviewed once and shown every time, for what a result means. */
// Rule S14
export const whatAHashShows = [
  'A matching hash shows that the bytes here are the bytes the clinic recorded: of an original when it arrived, of a working copy when the clinic made it.',
  'It does not show who wrote them, when they were written, or that what they say is true.',
  'Times in an exported chat are the times the exporting phone showed. They can be wrong where its clock was wrong.',
] as const
