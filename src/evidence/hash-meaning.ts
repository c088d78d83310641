/** Fixed words for what a matching digest means, shown wherever one is: reviewed once, the same every time. */
// Rule S14
export const hashMeaning =
  'A matching hash shows that the bytes here are the bytes the clinic recorded when the item arrived. It does not show who wrote them, when they were written, or that what they say is true.'
