import { z } from 'zod'
import { slug, words } from '../mechanism/entry-words.ts'
import { type Mechanism, mechanismSchema, writeParts } from '../mechanism/mechanism.ts'
import type { Condition, Parts, QuestionPart } from '../mechanism/part.ts'
import { situations } from './situation.ts'

/** The groups in which an adviser goes through what a client has. */
export const entryGroups = ['devices', 'accounts', 'sharing', 'home', 'moving', 'people', 'public'] as const
export type EntryGroup = (typeof entryGroups)[number]

const share = z.number().gt(0).lt(1)

/** What the leak finder knows about a kind of thing. */
const leak = z.strictObject({
  /**
   * Where the client must be, or what must be with them, for it to learn what happens. Any one is enough. Left out:
   * always.
   */
  near: z.array(z.enum(situations)).default([]),
  /** The same for what it keeps, such as plans and messages. */
  keptNear: z.array(z.enum(situations)).default([]),
  /** How to check whether it tells: how often a check shows one that does, and how often one that does not. */
  look: z.strictObject({
    do: words(200),
    finds: share,
    errs: share,
    cost: z.int().min(0).max(10),
    risk: z.int().min(0).max(10),
    danger: words(300),
  }),
  /** A made-up thing that it alone would carry: a decoy. Never without an adviser's agreement. */
  bait: words(200).optional(),
})

/**
 * One kind of thing a client may have, as data: which mechanism it follows, its facts, and the words about it. A fact
 * about a maker has its source and the day it was read; one that has none counts as the worse case.
 */
const catalogueEntrySchema = z.strictObject({
  id: slug,
  /** What it is called on screen: "Phone". */
  title: words(60),
  group: z.enum(entryGroups),
  /** The kinds of which it is a maker's own: wherever one of those may be ticked, so may this. */
  like: z.array(slug).max(3).default([]),
  /** One sentence for people who have never met one. */
  says: words(300),
  /** Whether the client must still have it after every plan. False for what they can do without. */
  mustKeep: z.boolean().default(true),
  mechanism: mechanismSchema,
  leak,
  capture: z.array(words(300)).min(1),
  playbook: z.array(words(400)).min(1),
  /** What the words above rest on, and the day it was read. Both or neither: without a source nothing was checked. */
  source: words(400).optional(),
  lastChecked: z.iso.date().optional(),
})

export type CatalogueEntry = Omit<z.output<typeof catalogueEntrySchema>, 'mechanism'> &
  Parts & { readonly mechanism: Mechanism['is'] }
export type CatalogueQuestion = QuestionPart

/** A place in an entry, or in the whole catalogue, that cannot be used, in words for the person who wrote it. */
export type CatalogueFinding = { readonly entry: string; readonly place: string; readonly says: string }

/** Reads one entry. Lists everything that is wrong with it at once, including parts that lead nowhere. */
export function parseCatalogueEntry(
  name: string,
  value: unknown,
):
  | { readonly ok: true; readonly entry: CatalogueEntry }
  | { readonly ok: false; readonly findings: readonly CatalogueFinding[] } {
  const read = catalogueEntrySchema.safeParse(value)
  if (!read.success) {
    const findings = read.error.issues.map(({ path, message }) => ({
      entry: name,
      place: path.join('.'),
      says: message,
    }))
    return { ok: false, findings }
  }
  const { mechanism, ...rest } = read.data
  const entry: CatalogueEntry = { ...rest, ...writeParts(mechanism), mechanism: mechanism.is }
  const findings = findLooseEnds(name, entry)
  return findings.length > 0 ? { ok: false, findings } : { ok: true, entry }
}
function findLooseEnds(name: string, entry: CatalogueEntry): readonly CatalogueFinding[] {
  const findings: CatalogueFinding[] = []
  const say = (place: string, says: string): void => {
    findings.push({ entry: name, place, says })
  }
  if ((entry.source === undefined) !== (entry.lastChecked === undefined))
    say('source', 'needs the day on which it was read, and a day needs its source')
  if (entry.id !== name) say('id', `must be ${name}, the name of its file`)
  const beliefs = new Set(entry.questions.filter(each => each.kind === 'belief').map(each => each.id))
  const things = new Set(entry.questions.filter(each => each.kind === 'things').map(each => each.id))
  const nodes = new Set([...entry.nodes, ...entry.evidence].map(each => each.id))
  const steps = new Set(entry.steps.map(each => each.id))
  if (beliefs.size + things.size !== entry.questions.length) say('questions', 'has the same question twice')
  if (entry.questions.length > 10) say('questions', 'asks more than ten things')
  if (!nodes.has('{}')) say('nodes', 'must hold {}, the thing itself')
  const isLoose = (id: string): boolean => id.startsWith('{}') && !nodes.has(id)
  const verify = (
    place: string,
    part: Condition,
    named: readonly string[],
    taken: readonly string[],
  ): void => {
    if (part.when !== undefined && !beliefs.has(part.when))
      say(place, `hangs on ${part.when}, which is no question of belief`)
    if (part.each !== undefined && !things.has(part.each))
      say(place, `is repeated for ${part.each}, which is no question of things`)
    if (part.none !== undefined && !things.has(part.none))
      say(place, `hangs on there being no ${part.none}, which is no question of things`)
    for (const id of named.filter(isLoose)) say(place, `names ${id}, which is not among its nodes`)
    for (const id of taken.filter(id => !id.endsWith(':{other}') && !steps.has(id)))
      say(place, `names the step ${id}, which it does not have`)
    if (part.each === undefined && [...named, ...taken].some(id => id.includes('{other}')))
      say(place, 'speaks of {other} without being repeated for a question of things')
  }
  for (const [index, each] of entry.holds.entries()) verify(`holds.${index}`, each, [each.node], [])
  for (const [index, each] of entry.rules.entries())
    verify(
      `rules.${index}`,
      each,
      [each.to, ...each.from],
      [...each.unless, ...each.if, ...each.unlessUnknown],
    )
  for (const [index, each] of entry.reveals.entries()) verify(`reveals.${index}`, {}, [each.from], [])
  for (const [index, each] of entry.steps.entries()) {
    const named = [...each.needs, ...each.exposes, ...each.destroys]
    const told = each.tells === 'unchecked' ? [] : each.tells
    verify(`steps.${index}`, each, named, [...each.after, ...each.requires.flat(), ...each.excludes])
    for (const { node, each: of } of told)
      verify(`steps.${index}.tells`, { each: of ?? each.each }, [node], [])
    for (const { question } of each.hersWhile ?? [])
      if (!beliefs.has(question))
        say(`steps.${index}`, `hangs on ${question}, which is no question of belief`)
  }
  for (const [index, each] of entry.evidence.entries()) verify(`evidence.${index}`, {}, [], each.preservedBy)
  verify('keep', {}, entry.keep, [])
  if (entry.channel)
    verify('channel', {}, [entry.channel.content, ...(entry.channel.fact ? [entry.channel.fact] : [])], [])
  return findings
}
