/** Fixed words for what a ranking of leaks means, used wherever one is shown: reviewed once, the same every time. */
// Rule S14
export const leakMeaning =
  'A ranking is not proof. It says which sources fit best with the days that were entered, by the answers on the map and by assumptions that may be wrong. It does not show that anybody used a source, and a source at the bottom is not clean.'
