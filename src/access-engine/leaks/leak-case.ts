import {
  amount,
  amountAboveZero,
  either,
  filled,
  filledFrom,
  flag,
  list,
  nameOf,
  object,
  ownIdOf,
  required,
  set,
  text,
  type ValueOf,
} from '../format/shape.ts'
import { asideFields } from '../reach/map.ts'

const label = filledFrom(text, 'the id', ({ id }) => String(id), 'what a sentence calls it')
const otherwise = filled(
  amount(1),
  0.01,
  'the chance that they would have known in another way: they guessed, it was public, somebody said so',
)

const sourceShape = object('source', 'a source', {
  id: required(ownIdOf('source'), 'by which incidents and tests name it'),
  label,
  prior: filled(amount(1), 0.1, 'the chance that it is active'),
  a: filled(
    amountAboveZero(10_000),
    1,
    'first shape of the Beta distribution of how often an active source tells',
  ),
  b: filled(amountAboveZero(10_000), 1, 'its second shape'),
})

const incidentShape = object('incident', 'an incident', {
  id: filledFrom(
    ownIdOf('incident'),
    'its number in the list',
    (_, index) => String(index + 1),
    'what it is called',
  ),
  knew: required(flag, 'whether they knew. The days on which they did not count as much'),
  carriers: filled(set(nameOf('source')), [], 'the sources that carried it then'),
  otherwise,
})

const ofEveryTest = {
  id: required(ownIdOf('test'), 'what it is called'),
  label,
  cost: filled(amount(1e6), 0, 'what it costs'),
  risk: filled(amount(1e6), 0, 'what may go wrong'),
}

const arrangedDayShape = object('arranged-day', 'an arranged day', {
  ...ofEveryTest,
  carriers: filled(set(nameOf('source')), [], 'the sources that carry something that day'),
  otherwise,
})

const sourceCheckShape = object('source-check', 'a check of a source', {
  ...ofEveryTest,
  source: required(nameOf('source'), 'the source that is looked at'),
  hit: filled(amount(1), 0.9, 'how often it shows an active source'),
  falseAlarm: filled(amount(1), 0.02, 'how often it takes another for an active one'),
})

/** The file of the leak finder. Its types, its reader, `leaks.schema.json` and its page come from this. */
export const leaksShape = object('leaks', 'a file of leaks', {
  ...asideFields,
  sources: required(list(sourceShape), 'what may have told them', 'without it there is nothing to rank'),
  incidents: required(
    list(incidentShape),
    'the days on which they knew something, and the others',
    'without it there is nothing to rank',
  ),
  tests: filled(
    list(either('source', sourceCheckShape, arrangedDayShape)),
    [],
    'what could be found out next: a check of one source, or an arranged day',
  ),
})

/**
 * A source: something that may have told them. How likely it is to be active, and the Beta distribution of how often
 * it tells.
 */
export type LeakSource = ValueOf<typeof sourceShape>

/** One time at which they knew something, or did not, with the sources that carried it then. */
export type LeakIncident = ValueOf<typeof incidentShape>

/**
 * An arranged day (these sources carry something, and it is seen whether they know), or a check of one source (how often it
 * shows an active source, and how often it takes another for one).
 */
export type LeakTest = ValueOf<typeof arrangedDayShape> | ValueOf<typeof sourceCheckShape>

export type LeakCase = ValueOf<typeof leaksShape>

/** What the source is called that nobody has thought of. */
export const unknownId = 'unknown'

/** The case with the source nobody has thought of, which carries everything. Every ranking that people see has it. */
export function withUnknownSource(leaks: LeakCase, prior = 0.05): LeakCase {
  const known = leaks.sources.find(each => each.id === unknownId)
  const unknown = {
    ...(known ?? { id: unknownId, label: 'something nobody has thought of', a: 1, b: 3 }),
    prior,
  }
  return {
    ...leaks,
    sources: known
      ? leaks.sources.map(each => (each.id === unknownId ? unknown : each))
      : [...leaks.sources, unknown],
    incidents: leaks.incidents.map(each => ({
      ...each,
      carriers: each.carriers.includes(unknownId) ? each.carriers : [...each.carriers, unknownId],
    })),
  }
}
