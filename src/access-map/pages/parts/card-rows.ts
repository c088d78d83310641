import type { StateAfterStep } from '../../../access-engine/plan/after-each-step.ts'
import { keepByObject } from '../../../platform/kept-by-object.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'

/** The rows of cards drawn lately; characters in all. The map is drawn of one revision and catalogue, so that it stands for all of `drawn`. */
const lately = keepByObject<Html>(8 * 1024 * 1024, ({ markup }) => 100 + markup.length)

/**
 * What a card says of its step: what to have ready, what will be noticed and lost, what is closed by it, how to go back. Drawn
 * once for each map and the states of its plan.
 */
export function cardRows(drawn: DrawnCase, stepId: string, states: readonly StateAfterStep[]): Html {
  return lately([drawn.map, states], () => writeRows(rowsOfCard(drawn, stepId, states)), stepId)
}

/** The lines of a card, in their order; empty for a step that is no longer on the map. */
export function rowsOfCard(
  drawn: DrawnCase,
  stepId: string,
  states: readonly StateAfterStep[],
): readonly CardRow[] {
  const step = drawn.map.steps.find(each => each.id === stepId)
  const told = drawn.told.get(stepId)
  if (!step || !told) return []
  const loses = step.destroys.map(id => drawn.evidenceWords.get(id) ?? id)
  const { closed, left } = sayAfter(drawn, stepId, states)
  const row = (key: string, text: string): CardRow => ({ key, text })
  return takeRows({
    rows: [
      row('Where to do it', sayPlace(drawn, stepId)),
      ...(told.where === undefined ? [] : [row('In the menus', told.where)]),
      row('Have ready', told.ready),
      row('What will be noticed', sayNoticed(told.notices, step.alerts)),
      ...(told.answer === undefined ? [] : [row('If they answer', sayAnswered(drawn, stepId, told.answer))]),
      ...(told.readIn === undefined ? [] : [row(keyOfSource, told.readIn)]),
      row('What is lost', told.lost),
      ...(loses.length > 0 ? [row('Keep first', loses.join('; '))] : []),
      ...(closed === '' ? [] : [row('What it closes', closed)]),
      ...(left === '' ? [] : [row('After it', left)]),
      row('To go back', told.undo),
    ],
  })
}

/** What is told of an act by itself; where that is nothing, what follows of it on this map. */
function sayNoticed(notices: string, alerts: boolean): string {
  if (notices !== '') return notices
  return alerts
    ? 'It sends nothing by itself. But the suspected person sees, or may see, into what it is done with: there it may show.'
    : 'By the answers so far, nothing.'
}

/** Who wins if they answer; and whether, by the answers so far, they have anything to answer with. */
function sayAnswered({ answered }: DrawnCase, stepId: string, answer: string): string {
  return answered.has(stepId)
    ? answer
    : `${answer} By the answers so far they have no part of it, nor of what it is tied to.`
}

/** On which device, and where: never where they see it being done. */
function sayPlace({ places, inventory }: DrawnCase, stepId: string): string {
  const place = places.get(stepId)
  if (place === undefined)
    return 'Where neither the suspected person nor anybody who could tell them sees it being done.'
  if (place === 'none-fit')
    return 'Not on a device of the client’s on which it is open: the suspected person may see into each of them. On another device, at a place that may be known: the suspected person may be told of a sign-in from it, with the place.'
  const names = inventory.things.filter(({ thingId }) => place.on.includes(thingId)).map(({ label }) => label)
  return `On ${names.join(' or ')}, on which it is open and into which, by the answers, nobody else sees.`
}

/** Whether it may be noticed. */
export function noticeTags(drawn: DrawnCase, stepId: string, states: readonly StateAfterStep[]): Html {
  const isLoud =
    states.find(each => each.step === stepId)?.isNoticed ??
    drawn.whole.steps.find(each => each.id === stepId)?.alerts ??
    false
  return html`${
    isLoud
      ? tag({ text: 'May be noticed', classes: 'govuk-tag--orange' })
      : tag({ text: 'Quiet', classes: 'govuk-tag--green' })
  }`
}

/** The name of a part of the map, as it is on screen. */
export function labelOf(drawn: Pick<DrawnCase, 'whole'>, id: string): string {
  return drawn.whole.nodes.find(node => node.id === id)?.label ?? id
}

/** The things of the client that are reached by somebody who holds these parts of the map. */
export function findReachedThings(drawn: DrawnCase, held: ReadonlySet<string>): readonly string[] {
  return drawn.inventory.things
    .filter(thing => !thing.isGone && held.has(thing.thingId))
    .map(thing => thing.label)
}

/** What a step closes, and how much is still open after it. */
function sayAfter(
  drawn: DrawnCase,
  stepId: string,
  states: readonly StateAfterStep[],
): { readonly closed: string; readonly left: string } {
  const index = states.findIndex(each => each.step === stepId)
  const now = states[index]
  // What is not left in the plan has no place in its states: it could not be done, or is not to be.
  if (!now) return { closed: '', left: '' }
  const today = drawn.ofSuspect()
  const before = states[index - 1]
  const all = drawn.map.protect.map(({ node }) => node)
  const left = findReachedThings(drawn, now.ofSuspect)
  const lost = findReachedThings(drawn, before?.ofSuspect ?? today).filter(label => !left.includes(label))
  const closed = (before?.stillReached ?? all.filter(node => today.has(node))).filter(
    node => !now.stillReached.includes(node),
  )
  const parts = [
    lost.length > 0 && `The suspected person no longer reaches ${lost.join(', ')}.`,
    closed.length > 0 &&
      `Nothing more of this comes to them: ${closed.map(node => labelOf(drawn, node)).join(', ')}.`,
  ]
  return { closed: parts.filter(Boolean).join(' '), left: sayLeft(drawn, now) }
}

/** What is still open after a step. */
export function sayLeft(drawn: DrawnCase, { stillReached, ofSuspect }: StateAfterStep): string {
  const left = findReachedThings(drawn, ofSuspect)
  const all = drawn.map.protect.length
  if (stillReached.length > 0)
    return `${String(stillReached.length)} of ${String(all)} kinds of information are still open${left.length > 0 ? `, by ${left.join(', ')}` : ''}.`
  return left.length === 0
    ? 'Nothing that is on the map is open.'
    : `By the map nothing new about the client comes to the suspected person. They still reach ${left.join(', ')}, with what lies there.`
}

/** One line of a card. */
export type CardRow = { readonly key: string; readonly text: string }

const takeRows = ({ rows }: { readonly rows: readonly CardRow[] }): readonly CardRow[] => rows

/**
 * The lines that a list of cards shows. How much is open after each step is said of the sitting; and where a card has a page of its
 * own, the sources stand there.
 */
export function rowsInList(rows: readonly CardRow[], hasPages: boolean): readonly CardRow[] {
  return rows.filter(({ key }) => key !== 'After it' && !(hasPages && key === keyOfSource))
}

/** What a fact was read in stays beside it, also where several cards have it from one source. */
export const keyOfSource = 'Where that was read'

export function writeRows(rows: readonly CardRow[]): Html {
  if (rows.length === 0) return html``
  return summaryList({ rows: rows.map(({ key, text }) => ({ key: { text: key }, value: { text } })) })
}
