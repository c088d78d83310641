import {
  amount,
  aside,
  choice,
  day,
  exactly,
  type Field,
  filled,
  filledFrom,
  flag,
  list,
  nameOf,
  nullOr,
  object,
  oneOrList,
  optional,
  ownIdOf,
  required,
  set,
  shortOrLong,
  text,
  type ValueOf,
  wholeAmount,
  wholeAmountAboveZero,
} from '../format/shape.ts'

/** How sure we are that something is so, strongest first. */
export const beliefs = ['known', 'suspected', 'possible'] as const
export type Belief = (typeof beliefs)[number]

/** The two people of a map: the suspected person and the client. */
export type Agent = 'suspect' | 'client'

/** The measures a step costs in. */
export const measures = ['effort', 'money', 'disruption', 'risk'] as const
export type Measure = (typeof measures)[number]
export type Measures = Readonly<Record<Measure, number>>

/** Minutes for a point of effort, where nobody says how many a step takes. A guess. */
const minutesOfPoint = 5

/** The minutes that a step is taken to take of which only the effort is said. */
function minutesOfEffort(effort: number): number {
  return minutesOfPoint * Math.max(1, Math.round(effort))
}

/** Above this the solver would lose digits. The author of a map with dearer steps has to scale it down. */
export const dearest = 100_000

const belief = (says: string) => filled(choice(beliefs), 'known', says)
const nodeNames = list(nameOf('node'))
const stepNames = list(nameOf('step'))
const none: readonly string[] = []

const measuresShape = (name: string, called: string, otherwise: number) =>
  object(name, called, {
    effort: filled(amount(dearest), otherwise, 'time and trouble'),
    money: filled(amount(dearest), otherwise, 'what it costs to buy'),
    disruption: filled(amount(dearest), otherwise, 'what stops working for the client'),
    risk: filled(amount(dearest), otherwise, 'what may go wrong'),
  })

const nodeShape = object('node', 'a node', {
  id: required(ownIdOf('node'), 'by which rules, holdings and steps name it'),
  kind: filledFrom(
    text,
    'the id up to its colon',
    ({ id }) => String(id).split(':')[0] || 'thing',
    'what it is. `secret` has a meaning: what the suspected person could read once, they keep',
  ),
  label: filledFrom(text, 'the id', ({ id }) => String(id), 'what a sentence calls it'),
})

const ruleShape = object('rule', 'a rule', {
  to: required(nameOf('node'), 'what somebody has by it'),
  from: required(set(nameOf('node')), 'what it takes: all of these together'),
  how: filled(
    text,
    'has all it takes',
    'how it happens, as the middle of a sentence: “signs in with the password and the code”',
  ),
  unless: filled(set(nameOf('step')), none, 'any of these steps, once taken, switches it off'),
  if: filled(set(nameOf('step')), none, 'it exists only once all of these steps are taken'),
  belief: belief('how sure it is'),
  who: filled(choice(['suspect', 'client', 'anyone']), 'anyone', 'for whom it is so'),
  since: optional(day, 'the first day on which it was true'),
  until: optional(day, 'the last day on which it was true'),
})

const holdingShape = object('holding', 'a holding', {
  node: required(nameOf('node'), 'what they have'),
  belief: belief('how sure it is that they have it'),
  ground: optional(text, 'by what that is known'),
})

const stepShape = object('step', 'a step', {
  id: required(ownIdOf('step'), 'by which rules and other steps name it'),
  label: filledFrom(text, 'the id', ({ id }) => String(id), 'what a sentence calls it'),
  cost: filled(
    measuresShape('cost', 'a cost', 0),
    { effort: 0, money: 0, disruption: 0, risk: 0 },
    'what it costs the client. After weighting it comes to a whole number, at most 100 000',
  ),
  minutes: filledFrom(
    wholeAmountAboveZero(dearest),
    'five for each point of effort, and at least five',
    ({ cost }) => minutesOfEffort((cost as Measures | undefined)?.effort ?? 0),
    'how many minutes of work it takes. The order counts with them',
  ),
  alerts: filled(flag, true, 'the suspected person notices it. A step that does not say counts as noticed'),
  needs: filled(nodeNames, none, 'what the client must hold to be able to do it'),
  exposes: filled(nodeNames, none, 'what the suspected person must not hold while the client does it'),
  after: filled(stepNames, none, 'steps that come first, if the plan has them'),
  requires: filled(
    list(oneOrList(nameOf('step'))),
    [],
    'steps that must be in the plan too; of a list of alternatives one of them',
  ),
  excludes: filled(stepNames, none, 'steps that must not be in the plan too'),
  destroys: filled(list(nameOf('evidence')), none, 'evidence that is gone once it is taken'),
  waits: optional(
    wholeAmount(dearest),
    'hours that must have passed since the steps it requires, before it can be taken: what they end works on until then',
  ),
})

const protectedShape = object('protected', 'what is protected', {
  node: required(nameOf('node'), 'what the suspected person must no longer reach'),
  price: filled(
    nullOr(wholeAmount(dearest)),
    null,
    'what it costs to leave it open, if that is cheaper or nothing closes it. Without one it must be closed',
  ),
})

const evidenceShape = object('evidence', 'a piece of evidence', {
  id: required(ownIdOf('evidence'), 'by which steps name it'),
  weight: filled(wholeAmount(dearest), 0, 'what it costs to lose it'),
  preservedBy: filled(stepNames, none, 'any of these steps keeps it'),
  goes: optional(wholeAmount(dearest), 'hours after which it is gone by itself'),
})

const sharedCostShape = object('shared-cost', 'a shared cost', {
  id: required(ownIdOf('shared cost'), 'what it is called'),
  cost: filled(wholeAmount(dearest), 0, 'what is paid, once'),
  any: filled(stepNames, none, 'it is paid when any of these steps is taken'),
})

const channelShape = object('channel', 'a channel', {
  content: required(nameOf('node'), 'the node of what is said on it'),
  fact: filled(nullOr(nameOf('node')), null, 'the node of the fact that there was contact'),
  id: filledFrom(ownIdOf('channel'), 'the node of its content', ({ content }) => String(content), 'its name'),
})

/** Fields for the person who opens a file. */
export const asideFields = {
  $schema: aside(text, 'the address of the JSON Schema, for editors'),
  version: aside(exactly(1), 'the version of the format: 1'),
  title: aside(text, 'what the file is called'),
  about: aside(text, 'where the file is from'),
}

/** The file of a map. Its types, its reader, `access-map.schema.json` and `docs/access-map-file.md` come from this. */
export const mapShape = object('map', 'a map', {
  ...asideFields,
  nodes: required(list(nodeShape), 'the things somebody can have', 'without it this is not a map'),
  rules: filled(
    list(ruleShape),
    [],
    'how some things give another. Several rules for one node are alternatives',
  ),
  holds: filled(
    object('holds', 'the holdings', {
      suspect: holdings('what the suspected person has today'),
      client: holdings('what the client has today'),
    }),
    { suspect: [], client: [] },
    'what each of the two has today',
  ),
  steps: filled(list(stepShape), [], 'what the client may do'),
  protect: filled(
    list(shortOrLong('node', protectedShape)),
    [],
    'what the suspected person must no longer reach',
  ),
  keep: filled(set(nameOf('node')), none, 'what the client must never lose: everything they use today'),
  evidence: filled(list(evidenceShape), [], 'what a step may destroy'),
  sharedCosts: filled(list(sharedCostShape), [], 'costs that several steps have in common'),
  weights: filled(
    measuresShape('weights', 'the weights', 1),
    { effort: 1, money: 1, disruption: 1, risk: 1 },
    'what one of each measure counts',
  ),
  channels: filledFrom(
    list(shortOrLong('content', channelShape)),
    'every node of the kind `channel`',
    ({ nodes }) =>
      (nodes as readonly MapNode[])
        .filter(({ kind }) => kind === 'channel')
        .map(({ id }) => ({ content: id, fact: null, id })),
    'channels to the client',
  ),
  force: filled(
    object('force', 'what is forced', {
      in: filled(stepNames, none, 'steps the client has decided on'),
      out: filled(stepNames, none, 'steps they will not take'),
    }),
    { in: [], out: [] },
    'what the client has decided',
  ),
})

function holdings(says: string): Field<readonly Holding[], 'filled'> {
  return filled(list(shortOrLong('node', holdingShape)), [], says)
}

/** One thing somebody can have. One kind has a meaning of its own: a `secret` that was read once stays known. */
export type MapNode = ValueOf<typeof nodeShape>
/** All of `from` together give `to`. Several rules for one node are alternatives. */
export type MapRule = ValueOf<typeof ruleShape>
export type Holding = ValueOf<typeof holdingShape>
/** Something the client may do. */
export type MapStep = ValueOf<typeof stepShape>
/** What the suspected person must no longer reach. With a price it may stay open. */
export type Protected = ValueOf<typeof protectedShape>
export type Evidence = ValueOf<typeof evidenceShape>
/** A cost paid once, when any of the steps is taken. */
export type SharedCost = ValueOf<typeof sharedCostShape>
/** A channel: what is said on it, and the fact that there was contact. Either may be watched. */
export type Channel = ValueOf<typeof channelShape>
/** The whole map, with everything that may be left out filled in. */
export type AccessMap = ValueOf<typeof mapShape>

/** A belief counts at a level when it is at least as strong. */
export function countsAt(belief: Belief, level: Belief): boolean {
  return beliefs.indexOf(belief) <= beliefs.indexOf(level)
}

/** The whole cost of a step, in the weights of the map. Rounding errors of tenths are not fractions. */
export function weighStep(step: MapStep, weights: Measures): number {
  const cost = measures.reduce((sum, measure) => sum + step.cost[measure] * weights[measure], 0)
  return Math.abs(cost - Math.round(cost)) < 1e-9 ? Math.round(cost) : cost
}
