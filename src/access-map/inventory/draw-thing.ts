import { type Belief, beliefs, type MapRule } from '../../access-engine/reach/map.ts'
import { findActNeeds } from '../mechanism/act-needs.ts'
import type { Condition, RulePart, StepPart } from '../mechanism/part.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { type AskedOf, type Drawing, nameRule, notNamedYet, takeAsHeld } from './drawing.ts'
import { chooseStatement, type InventoryStatement, type Thing, type ThingId } from './inventory.ts'
import { sayInfo } from './say-info.ts'

/** One thing with the entry it is filled in from, and the names its parts have on the map. */
export type Placed = { readonly thing: Thing; readonly entry: CatalogueEntry }

/** A part of an entry: the question it depends on, and the one it is repeated for. */
type Part = Condition & Pick<RulePart, 'unknownAs'>

/** One place where a part is written: the thing it is tied to, and how sure it is. */
type Place = { readonly other: string; readonly belief: Belief; readonly isGuess?: boolean }

/** How the entry of one thing is filled in. */
type Filling = Placed & {
  /** A name or a text of the entry, with the thing and what it is tied to filled in. */
  readonly fill: (text: string, other?: string) => string
  readonly sayOf: (question: string) => InventoryStatement
  /** Once for a part; or once for each thing it is tied to, and once more if there may be others. */
  readonly places: (part: Part) => readonly Place[]
  /** The questions without an answer that a part depends on. */
  readonly openOf: (part: Part, other: string) => readonly AskedOf[]
  readonly labelOf: (thingId: ThingId) => string
  readonly isThere: (thingId: ThingId) => boolean
  /** What else there is on the map that the question of things allows for, and nobody has named. */
  readonly unnamed: (question: string) => readonly ThingId[]
  /** Whether what it is tied to has the part that an entry names: `{other}.passwords`. */
  readonly hasPart: (node: string, other: string) => boolean
}

/** Draws one thing: all that its entry says of it, filled in from the answers. */
export function drawThing(drawing: Drawing, placed: Placed, all: ReadonlyMap<ThingId, Placed>): void {
  const filling = makeFilling(placed, all)
  drawNodes(drawing, filling)
  drawUnnamed(drawing, filling)
  drawHeld(drawing, filling)
  drawRules(drawing, filling)
  drawSteps(drawing, filling)
  drawEvidence(drawing, filling)
  drawing.ties.set(placed.thing.thingId, findTies(filling))
  const isOfOthers =
    placed.entry.questions.some(({ id }) => id === 'theirs') && isTheirs(filling.sayOf('theirs'))
  if (isOfOthers) return
  drawReveals(drawing, filling)
  for (const part of placed.entry.staysOpen)
    for (const { other } of filling.places(part)) drawing.staysOpen.add(filling.fill(part.node, other))
  drawChannel(drawing, filling)
  if (placed.entry.mustKeep) drawing.keep.add(placed.thing.thingId)
  for (const node of placed.entry.keep) drawing.keep.add(filling.fill(node))
}

function makeFilling({ thing, entry }: Placed, all: ReadonlyMap<ThingId, Placed>): Filling {
  const said = new Map(entry.questions.map(({ id }) => [id, chooseStatement(thing, id)]))
  const sayOf = (question: string): InventoryStatement =>
    said.get(question) ?? chooseStatement(thing, question)
  const isThere = (thingId: ThingId): boolean => all.has(thingId)
  return {
    thing,
    entry,
    sayOf,
    isThere,
    fill: (text, other = '') =>
      text.replace(blanks, blank =>
        blank === '{}' ? thing.thingId : blank === '{other}' ? other : thing.label,
      ),
    places: part => {
      const own = part.when === undefined ? 'known' : beliefOf(sayOf(part.when), part.unknownAs)
      const without = part.none === undefined ? 'known' : beliefOfNone(sayOf(part.none), isThere)
      if (own === null || without === null) return []
      if (part.each === undefined) return [{ other: '', belief: weaker(own, without) }]
      const { belief, things } = sayOf(part.each)
      const tied = things.filter(isThere).map(other => ({ other, belief: own }))
      const isOpen = belief === 'unknown' || (belief !== 'no' && tied.length === 0)
      return isOpen ? [...tied, { other: unknownOf(thing, part.each), belief: 'possible' as const }] : tied
    },
    openOf: ({ when, each }, other) =>
      [
        ...(when !== undefined && sayOf(when).belief === 'unknown' ? [when] : []),
        ...(each !== undefined && isUnknown(other) ? [each] : []),
      ].map(question => ({ thingId: thing.thingId, question })),
    labelOf: thingId => all.get(thingId)?.thing.label ?? notNamedYet,
    unnamed: question => {
      const asked = entry.questions.find(each => each.id === question)
      const of = asked?.kind === 'things' ? asked.of : []
      const { things } = sayOf(question)
      return [...all.values()]
        .filter(other => of.includes(other.entry.id) && other.thing.thingId !== thing.thingId)
        .map(other => other.thing.thingId)
        .filter(id => !things.includes(id))
    },
    hasPart: (node, other) =>
      !node.startsWith('{other}') ||
      (all.get(other)?.entry.nodes.some(each => each.id === node.replace('{other}', '{}')) ?? false),
  }
}

function drawNodes({ nodes, cameFrom }: Drawing, { thing, entry, fill }: Filling): void {
  for (const node of entry.nodes) {
    const id = fill(node.id)
    nodes.set(id, { id, kind: node.kind, label: fill(node.label) })
    cameFrom.set(id, thing.thingId)
  }
}

/** What the thing may be tied to and nobody has named: it counts as possibly held by the suspected person. */
function drawUnnamed(drawing: Drawing, { thing, entry, fill, sayOf, isThere }: Filling): void {
  for (const question of entry.questions) {
    if (question.kind !== 'things') continue
    const { belief, things } = sayOf(question.id)
    if (belief === 'no' || (belief !== 'unknown' && things.some(isThere))) continue
    const id = unknownOf(thing, question.id)
    drawing.nodes.set(id, { id, kind: 'unknown', label: `${notNamedYet} (${fill(question.ask)})` })
    drawing.cameFrom.set(id, thing.thingId)
    takeAsHeld(drawing, 'suspect', id, 'possible')
    drawing.unsure.push({ holds: id, questions: [{ thingId: thing.thingId, question: question.id }] })
  }
}

function drawHeld(drawing: Drawing, { entry, fill, places, openOf, sayOf }: Filling): void {
  const theirs = entry.questions.some(({ id }) => id === 'theirs') ? sayOf('theirs').belief : 'no'
  for (const part of entry.holds) {
    if (part.whenNo !== undefined && sayOf(part.whenNo).belief !== 'no') continue
    // What is the suspected person's own is not the client's to use: no code or message there is one that they get.
    if (part.who === 'client' && theirs === 'yes') continue
    for (const { other, belief: told } of places(part)) {
      const belief = part.who === 'client' && theirs !== 'no' ? weaker(told, 'possible') : told
      const node = fill(part.node, other)
      takeAsHeld(drawing, part.who, node, belief)
      const questions = openOf(part, other)
      if (part.who === 'suspect' && questions.length > 0) drawing.unsure.push({ holds: node, questions })
    }
  }
}

function drawRules({ rules, unsure }: Drawing, filling: Filling): void {
  const { entry, fill, openOf, labelOf, thing, hasPart } = filling
  for (const part of entry.rules) {
    for (const { other, belief, isGuess = false } of placesOfRule(part, filling)) {
      if (isUnknown(other) && part.onlyNamed) continue
      if (part.ifItHasSuch && !part.from.every(node => hasPart(node, other))) continue
      // What nobody has named is wholly theirs: each of its parts is the thing itself.
      const fillNode = (text: string): string =>
        fill(isUnknown(other) ? text.replace(/^\{other\}.*$/, '{other}') : text, other)
      const isNamed = !isUnknown(other) && !isGuess
      const unless = isNamed
        ? part.unless
        : [...part.unless.filter(step => !step.includes('{other}')), ...part.unlessUnknown]
      const rule: MapRule = {
        to: fillNode(part.to),
        from: part.from.map(fillNode),
        how: fill(part.how, labelOf(other)),
        // What two endings have in common is named once: a rule that names a step twice breaks the count of its guards.
        unless: [...new Set(unless.map(step => fill(step, other)))],
        if: part.if.map(step => fill(step, other)),
        who: part.who,
        belief: part.atMost ? weaker(belief, part.atMost) : belief,
      }
      rules.push(rule)
      const questions = openOf(part, isGuess ? unknownOf(thing, part.each ?? '') : other)
      if (questions.length > 0) unsure.push({ rule: nameRule(rule), questions })
    }
  }
}

/**
 * Where a rule is written. One that leads to what the thing is tied to is written for everything it may be tied to while nobody knows:
 * what is not named is one of the things on the map.
 */
function placesOfRule(part: RulePart, { places, unnamed }: Filling): readonly Place[] {
  const { each } = part
  if (each === undefined || !part.to.startsWith('{other}')) return places(part)
  return places(part).flatMap(place =>
    isUnknown(place.other)
      ? unnamed(each).map(other => ({ other, belief: place.belief, isGuess: true }))
      : [place],
  )
}

const weaker = (one: Belief, other: Belief): Belief =>
  beliefs.indexOf(one) > beliefs.indexOf(other) ? one : other

/** What can be learned from the thing about the client. All of it is to be protected. */
function drawReveals({ nodes, rules, protect }: Drawing, { thing, entry, fill }: Filling): void {
  for (const part of entry.reveals) {
    for (const [kinds, belief] of [
      [part.certain, 'known'],
      [part.possible, 'possible'],
    ] as const) {
      for (const kind of kinds) {
        const id = `info:${kind}`
        nodes.set(id, { id, kind: 'info', label: sayInfo(kind) })
        protect.add(id)
        const how = `learns ${sayInfo(kind)} from ${thing.label}`
        rules.push({ to: id, from: [fill(part.from)], how, unless: [], if: [], who: 'suspect', belief })
      }
    }
  }
}

/** What is said with each step that is a habit. */
const ofHabit =
  'This is a habit, and closes nothing for certain: it is open on any day on which it is not kept to, and no channel counts as safe by it.'

function drawSteps({ steps, cameFrom, told, notices, habits }: Drawing, filling: Filling): void {
  const { thing, entry, fill, places, labelOf, sayOf } = filling
  for (const part of entry.steps) {
    if (part.hersWhile?.some(({ question, answers }) => !answers.includes(sayOf(question).belief))) continue
    for (const { other } of places({ each: part.each })) {
      if (isUnknown(other)) continue
      const id = fill(part.id, other)
      const fillAll = (texts: readonly string[]): readonly string[] => texts.map(text => fill(text, other))
      steps.push({
        id,
        label: fill(part.do, labelOf(other)),
        cost: part.cost,
        minutes: findActNeeds(id, part.cost.effort).minutes,
        // Whether it is noticed is found when the whole map is drawn (find-noticed.ts).
        alerts: true,
        needs: fillAll(part.needs),
        exposes: fillAll(part.exposes),
        after: fillAll(part.after),
        requires: part.requires.map(need => fillAll(typeof need === 'string' ? [need] : need)),
        excludes: fillAll(part.excludes),
        destroys: fillAll(part.destroys),
        ...(part.waits === undefined ? {} : { waits: part.waits }),
      })
      cameFrom.set(id, thing.thingId)
      const { notices: seen, lost, ready, undo, where, readIn, answer } = part
      if (part.isHabit) habits.add(id)
      const toHave = part.isHabit ? `${ready} ${ofHabit}` : ready
      told.set(id, { notices: seen, lost, ready: toHave, undo, where, readIn, answer })
      notices.set(id, {
        isWithin: part.isWithin ?? false,
        tells: fillTells(part.tells, filling, other),
        signIn: part.isWithin ? fillTells(entry.signIn ?? 'unchecked', filling, other) : [],
      })
    }
  }
}

/** Where each notice goes, once for everything it is sent to; `null` when nobody has read it in a source. */
function fillTells(
  tells: StepPart['tells'],
  { fill, places }: Filling,
  other: string,
): readonly string[] | null {
  if (tells === 'unchecked') return null
  return tells.flatMap(({ node, each }) =>
    each === undefined
      ? [fill(node, other)]
      : places({ each }).map(place => (isUnknown(place.other) ? place.other : fill(node, place.other))),
  )
}

/** What a thing is tied to by its answers, no matter to whom it belongs. */
function findTies({ entry, sayOf, isThere, thing }: Filling): readonly string[] {
  return entry.questions.flatMap(({ kind, id }) => {
    if (kind !== 'things') return []
    const { belief, things } = sayOf(id)
    const tied = things.filter(isThere)
    return belief === 'unknown' || (belief !== 'no' && tied.length === 0)
      ? [...tied, unknownOf(thing, id)]
      : tied
  })
}

/** Only a yes takes the steps away: while it is merely likely, what the client does there still flows to them. */
const isTheirs = ({ belief }: InventoryStatement): boolean => belief === 'yes'

function drawEvidence({ evidence, evidenceWords, cameFrom }: Drawing, { thing, entry, fill }: Filling): void {
  for (const { id, words, weight, preservedBy, goes } of entry.evidence) {
    evidenceWords.set(fill(id), fill(words))
    cameFrom.set(fill(id), thing.thingId)
    evidence.push({
      id: fill(id),
      weight,
      preservedBy: preservedBy.map(step => fill(step)),
      ...(goes === undefined ? {} : { goes }),
    })
  }
}

function drawChannel({ channels }: Drawing, { thing, entry, fill }: Filling): void {
  if (!entry.channel) return
  const { content, fact } = entry.channel
  channels.push({
    id: thing.thingId,
    content: fill(content),
    fact: fact === undefined ? null : fill(fact),
  })
}

/** What the answer to a question makes of the facts that depend on it; null leaves them out. */
function beliefOf(statement: InventoryStatement, unknownAs: Belief = 'possible'): Belief | null {
  switch (statement.belief) {
    case 'yes':
      return 'known'
    case 'probably':
      return 'suspected'
    case 'unknown':
      return unknownAs
    case 'no':
      return null
  }
}

/** How sure it is that a question of things has none for its answer; null when there are some. */
function beliefOfNone(
  { belief, things }: InventoryStatement,
  isThere: (thing: ThingId) => boolean,
): Belief | null {
  if (belief === 'no') return 'known'
  return things.some(isThere) ? null : 'possible'
}

/** The blanks in an entry: the thing, one it is tied to, and what the client calls it. */
const blanks = /\{(?:|other|label)\}/g

const unknownOf = (thing: Thing, question: string): string => `${thing.thingId}.unknown-${question}`

const isUnknown = (thingId: string): boolean => thingId.includes('.unknown-')
