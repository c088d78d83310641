import type { AccessMap, Agent, Belief, MapRule } from '../../access-engine/reach/map.ts'
import { beliefs } from '../../access-engine/reach/map.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import type { ThingId } from './inventory.ts'

/** What the client is told about a step: what will be noticed, what is lost, what to have ready, how to go back. */
export type StepWords = Pick<
  CatalogueEntry['steps'][number],
  'notices' | 'lost' | 'ready' | 'undo' | 'where' | 'readIn' | 'answer'
>

/**
 * Who is told of a step: the nodes whose holder is. `null`: nobody has read it in a source. `signIn` is what a sign-in from
 * a device that was not signed in before sends, for a step that is taken where no other device is fit.
 */
export type StepNotices = {
  /** It is done within the thing, signed in on some device. */
  readonly isWithin: boolean

  readonly tells: readonly string[] | null
  readonly signIn: readonly string[] | null
}

/** The name of a rule, or something the suspected person is taken to hold, with the questions it depends on. */
export type Unsure = { readonly questions: readonly AskedOf[] } & (
  | { readonly rule: string }
  | { readonly holds: string }
)
export type AskedOf = { readonly thingId: ThingId; readonly question: string }

/** A map while it is drawn. Each thing adds its parts. */
export type Drawing = {
  readonly nodes: Map<string, AccessMap['nodes'][number]>
  readonly rules: MapRule[]
  readonly steps: AccessMap['steps'][number][]
  readonly evidence: AccessMap['evidence'][number][]
  readonly channels: AccessMap['channels'][number][]
  readonly keep: Set<string>
  readonly protect: Set<string>
  /** What no step closes: it costs nothing to leave open, so that every plan says that it is. */
  readonly staysOpen: Set<string>
  readonly held: Readonly<Record<Agent, Map<string, Belief>>>
  readonly cameFrom: Map<string, ThingId>
  readonly told: Map<string, StepWords>
  readonly notices: Map<string, StepNotices>
  /** Steps that are something to go on doing: they close nothing for certain. */
  readonly habits: Set<string>
  /** What each thing is tied to by its answers. */
  readonly ties: Map<ThingId, readonly string[]>
  /** On which devices each thing is used. */
  readonly openOn: Map<ThingId, readonly ThingId[]>
  readonly evidenceWords: Map<string, string>
  readonly unsure: Unsure[]
}

const people: readonly { readonly who: Agent; readonly label: string }[] = [
  { who: 'suspect', label: 'the suspected person' },
  { who: 'client', label: 'the client' },
]

/** A map with nothing on it but the two people. */
export function beginDrawing(): Drawing {
  const drawing: Drawing = {
    nodes: new Map(),
    rules: [],
    steps: [],
    evidence: [],
    channels: [],
    keep: new Set(),
    protect: new Set(),
    staysOpen: new Set(),
    held: { suspect: new Map(), client: new Map() },
    cameFrom: new Map(),
    told: new Map(),
    notices: new Map(),
    habits: new Set(),
    ties: new Map(),
    openOn: new Map(),
    evidenceWords: new Map(),
    unsure: [],
  }
  for (const { who, label } of people) {
    const id = `person:${who}`
    drawing.nodes.set(id, { id, kind: 'person', label })
    takeAsHeld(drawing, who, id, 'known')
  }
  return drawing
}

/** Somebody is taken to hold something. Of two beliefs about the same thing, the surer stays. */
export function takeAsHeld({ held }: Drawing, who: Agent, node: string, belief: Belief): void {
  const before = held[who].get(node)
  if (before === undefined || beliefs.indexOf(belief) < beliefs.indexOf(before)) held[who].set(node, belief)
}

/** The map that was drawn, with every step taken as noticed and its shared cost left open. */
export function finishDrawing(drawing: Drawing): AccessMap {
  const { nodes, steps, held } = drawing
  const { rules, evidence } = nameOfferedSteps(drawing)
  // A tie to something not named yet may name a part of it that no entry has.
  for (const id of rules.flatMap(rule => [rule.to, ...rule.from]))
    if (!nodes.has(id)) nodes.set(id, { id, kind: 'unknown', label: notNamedYet })
  const listHeld = (who: Agent) => [...held[who]].map(([node, belief]) => ({ node, belief }))
  return {
    nodes: [...nodes.values()],
    rules,
    holds: { suspect: listHeld('suspect'), client: listHeld('client') },
    steps,
    protect: [
      ...[...drawing.protect].map(node => ({ node, price: null })),
      ...[...drawing.staysOpen].map(node => ({ node, price: 0 })),
    ],
    keep: [...drawing.keep],
    evidence,
    sharedCosts: [],
    weights: { effort: 1, money: 1, disruption: 2, risk: 3 },
    channels: drawing.channels,
    force: { in: [], out: [] },
  }
}

/**
 * The rules and the evidence without the steps that are not the client's to take, as whose a thing is was told: what no
 * step ends stays, what only such a step would begin never does, and what only such a step would keep cannot be kept.
 */
function nameOfferedSteps({
  rules,
  steps,
  evidence,
}: Drawing): Pick<AccessMap, 'evidence'> & { readonly rules: MapRule[] } {
  const offered = new Set(steps.map(({ id }) => id))
  const isOffered = (step: string): boolean => offered.has(step)
  return {
    rules: rules
      .filter(rule => rule.if.every(isOffered))
      .map(rule => ({ ...rule, unless: rule.unless.filter(isOffered) })),
    evidence: evidence.map(each => ({ ...each, preservedBy: each.preservedBy.filter(isOffered) })),
  }
}

/** What is on the map for something that nobody has named. */
export const notNamedYet = 'something not named yet'

/** The name of a rule. It stays the same when steps are carried out. */
export function nameRule({ to, from, how }: Pick<MapRule, 'to' | 'from' | 'how'>): string {
  return `${to} ${from.join(' ')} ${how}`
}
