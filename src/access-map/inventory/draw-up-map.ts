import {
  type AccessMap,
  type Agent,
  type Belief,
  beliefs,
  type MapRule,
} from '../../access-engine/reach/map.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import {
  chooseStatement,
  type Inventory,
  type InventoryStatement,
  type Thing,
  type ThingId,
} from './inventory.ts'
import { sayInfo } from './say-info.ts'

/** Something the map is missing, in words for the adviser: never left out in silence. */
export type MapGap = { readonly thingId: ThingId; readonly says: string }

/** What the client is told about a step: what will be noticed, what is lost, what to have ready, how to go back. */
export type StepWords = Pick<CatalogueEntry['steps'][number], 'notices' | 'lost' | 'ready' | 'undo'>

export type DrawnMap = {
  readonly map: AccessMap
  readonly gaps: readonly MapGap[]
  /** Which thing a node or a step came from, for the picture and the cards. */
  readonly cameFrom: ReadonlyMap<string, ThingId>
  /** What is told about each step before it is taken (S9). */
  readonly told: ReadonlyMap<string, StepWords>
  /** What a piece of evidence is, in words. */
  readonly evidenceWords: ReadonlyMap<string, string>
  /** What is on the map only because the answer to a question is not known. */
  readonly unsure: readonly Unsure[]
}

/** A rule by its name, or something the suspected person is taken to hold, and the questions it hangs on. */
export type Unsure = { readonly questions: readonly AskedOf[] } & (
  | { readonly rule: string }
  | { readonly holds: string }
)
export type AskedOf = { readonly thingId: ThingId; readonly question: string }

/** What a question's answer makes of the facts that hang on it; null leaves them out. */
function beliefOf(statement: InventoryStatement): Belief | null {
  switch (statement.belief) {
    case 'yes':
      return 'known'
    case 'probably':
      return 'suspected'
    case 'unknown':
      return 'possible'
    case 'no':
      return null
  }
}

/** A part of an entry: the question it hangs on, and the one it is repeated for. */
type Part = { readonly when?: string | undefined; readonly each?: string | undefined }

/** One thing with the entry it is filled in from, and the names its parts have on the map. */
type Placed = { readonly thing: Thing; readonly entry: CatalogueEntry }

/**
 * Writes the map from what was ticked. Each thing's entry is filled in once, and once for every thing it is tied to
 * where it says so. What is not known is put in as possible, whatever it would open. A thing whose entry is no longer
 * in the catalogue is told of as a gap.
 *
 * @param inventory one revision of what she has
 * @param catalogue the entries by id
 */
export function drawUpMap(inventory: Inventory, catalogue: ReadonlyMap<string, CatalogueEntry>): DrawnMap {
  const gaps: MapGap[] = []
  const placed: Placed[] = []
  for (const thing of inventory.things) {
    if (thing.isGone) continue
    const entry = catalogue.get(thing.entry)
    if (entry) placed.push({ thing, entry })
    else
      gaps.push({
        thingId: thing.thingId,
        says: `${thing.label} is of a kind that is no longer in the catalogue. What can be reached through it is not in this picture.`,
      })
  }
  const nodes = new Map<string, AccessMap['nodes'][number]>()
  const rules: AccessMap['rules'][number][] = []
  const steps: AccessMap['steps'][number][] = []
  const evidence: AccessMap['evidence'][number][] = []
  const keep = new Set<string>()
  const protect = new Set<string>()
  const cameFrom = new Map<string, ThingId>()
  const told = new Map<string, StepWords>()
  const evidenceWords = new Map<string, string>()
  const channels: AccessMap['channels'][number][] = []
  const unsure: Unsure[] = []
  const held = { suspect: new Map<string, Belief>(), client: new Map<string, Belief>() }
  const hold = (who: Agent, node: string, belief: Belief): void => {
    const before = held[who].get(node)
    if (before === undefined || beliefs.indexOf(belief) < beliefs.indexOf(before)) held[who].set(node, belief)
  }
  for (const who of agents) {
    nodes.set(`person:${who}`, {
      id: `person:${who}`,
      kind: 'person',
      label: who === 'client' ? 'the client' : 'the suspected person',
    })
    hold(who, `person:${who}`, 'known')
  }
  const there = new Set(placed.map(each => each.thing.thingId))

  for (const { thing, entry } of placed) {
    const fill = (text: string, other = ''): string =>
      text.replace(blanks, blank =>
        blank === '{}' ? thing.thingId : blank === '{other}' ? other : thing.label,
      )
    const said = new Map(entry.questions.map(({ id }) => [id, chooseStatement(thing, id)]))
    const sayOf = (question: string): InventoryStatement =>
      said.get(question) ?? chooseStatement(thing, question)
    for (const node of entry.nodes) {
      const id = fill(node.id)
      nodes.set(id, { id, kind: node.kind, label: fill(node.label) })
      cameFrom.set(id, thing.thingId)
    }
    // A part is written once; or once for each thing it is tied to, and once more where there may be others.
    const places = (part: Part) => {
      const own = part.when === undefined ? 'known' : beliefOf(sayOf(part.when))
      if (own === null) return []
      if (part.each === undefined) return [{ other: '', belief: own }]
      const { belief, things } = sayOf(part.each)
      const tied = things.filter(other => there.has(other)).map(other => ({ other, belief: own }))
      const isOpen = belief === 'unknown' || (belief !== 'no' && tied.length === 0)
      return isOpen ? [...tied, { other: unknownOf(thing, part.each), belief: 'possible' as const }] : tied
    }
    const openOf = ({ when, each }: Part, other: string): readonly AskedOf[] =>
      [
        ...(when !== undefined && sayOf(when).belief === 'unknown' ? [when] : []),
        ...(each !== undefined && isUnknown(other) ? [each] : []),
      ].map(question => ({ thingId: thing.thingId, question }))
    for (const question of entry.questions) {
      if (question.kind !== 'things') continue
      const { belief, things } = sayOf(question.id)
      if (belief === 'no' || (belief !== 'unknown' && things.some(other => there.has(other)))) continue
      const id = unknownOf(thing, question.id)
      nodes.set(id, { id, kind: 'unknown', label: `something not named yet (${fill(question.ask)})` })
      cameFrom.set(id, thing.thingId)
      hold('suspect', id, 'possible')
      unsure.push({ holds: id, questions: [{ thingId: thing.thingId, question: question.id }] })
    }
    for (const part of entry.holds) {
      for (const { other, belief } of places(part)) {
        const node = fill(part.node, other)
        hold(part.who, node, belief)
        const questions = openOf(part, other)
        if (part.who === 'suspect' && questions.length > 0) unsure.push({ holds: node, questions })
      }
    }
    for (const part of entry.rules) {
      for (const { other, belief } of places(part)) {
        const rule: MapRule = {
          to: fill(part.to, other),
          from: part.from.map(node => fill(node, other)),
          how: fill(part.how, nodes.get(other)?.label ?? labelOf(placed, other)),
          unless: [...part.unless, ...(isUnknown(other) ? part.unlessUnknown : [])].map(step =>
            fill(step, other),
          ),
          if: part.if.map(step => fill(step, other)),
          who: part.who,
          belief,
        }
        rules.push(rule)
        const questions = openOf(part, other)
        if (questions.length > 0) unsure.push({ rule: nameRule(rule), questions })
      }
    }
    for (const part of entry.reveals) {
      for (const [kinds, belief] of [
        [part.certain, 'known'],
        [part.possible, 'possible'],
      ] as const) {
        for (const kind of kinds) {
          const id = `info:${kind}`
          nodes.set(id, { id, kind: 'info', label: sayInfo(kind) })
          protect.add(id)
          rules.push({
            to: id,
            from: [fill(part.from)],
            how: `learns ${sayInfo(kind)} from ${thing.label}`,
            unless: [],
            if: [],
            who: 'suspect',
            belief,
          })
        }
      }
    }
    for (const part of entry.steps) {
      for (const { other } of places(part)) {
        const id = fill(part.id, other)
        steps.push({
          id,
          label: fill(part.do, labelOf(placed, other)),
          cost: part.cost,
          alerts: part.alerts,
          needs: part.needs.map(node => fill(node, other)),
          exposes: part.exposes.map(node => fill(node, other)),
          after: part.after.map(step => fill(step, other)),
          requires: part.requires.map(need =>
            (typeof need === 'string' ? [need] : need).map(step => fill(step, other)),
          ),
          excludes: part.excludes.map(step => fill(step, other)),
          destroys: part.destroys.map(node => fill(node, other)),
        })
        cameFrom.set(id, thing.thingId)
        const { notices, lost, ready, undo } = part
        told.set(id, { notices, lost, ready, undo })
      }
    }
    for (const part of entry.evidence) {
      const id = fill(part.id)
      evidenceWords.set(id, fill(part.words))
      evidence.push({ id, weight: part.weight, preservedBy: part.preservedBy.map(step => fill(step)) })
    }
    if (entry.channel) {
      const { content, fact } = entry.channel
      channels.push({
        id: thing.thingId,
        content: fill(content),
        fact: fact === undefined ? null : fill(fact),
      })
    }
    if (entry.mustKeep) keep.add(thing.thingId)
    for (const node of entry.keep) keep.add(fill(node))
  }
  // What is tied to something not named yet may speak of a part of it that no entry has.
  for (const id of rules.flatMap(rule => [rule.to, ...rule.from]))
    if (!nodes.has(id)) nodes.set(id, { id, kind: 'unknown', label: 'something not named yet' })
  const listHeld = (who: Agent) => [...held[who]].map(([node, belief]) => ({ node, belief }))
  const map: AccessMap = {
    nodes: [...nodes.values()],
    rules,
    holds: { suspect: listHeld('suspect'), client: listHeld('client') },
    steps,
    protect: [...protect].map(node => ({ node, price: null })),
    keep: [...keep],
    evidence,
    sharedCosts: [{ id: 'alerted', cost: 10, any: steps.filter(step => step.alerts).map(step => step.id) }],
    weights: { effort: 1, money: 1, disruption: 2, risk: 3 },
    channels,
    force: { in: [], out: [] },
  }
  return { map, gaps, cameFrom, told, evidenceWords, unsure }
}

/** What a rule is called: it stays the same when steps are carried out. */
export function nameRule({ to, from, how }: Pick<MapRule, 'to' | 'from' | 'how'>): string {
  return `${to} ${from.join(' ')} ${how}`
}

/** What an entry leaves open: the thing, one it is tied to, and what the client calls it. */
const blanks = /\{(?:|other|label)\}/g

const agents: readonly Agent[] = ['suspect', 'client']

const unknownOf = (thing: Thing, question: string): string => `${thing.thingId}.unknown-${question}`

const isUnknown = (thingId: string): boolean => thingId.includes('.unknown-')

const labelOf = (placed: readonly Placed[], thingId: ThingId): string =>
  placed.find(each => each.thing.thingId === thingId)?.thing.label ?? 'something not named yet'
