import { z } from 'zod'
import { situations } from './situation.ts'

/** What may leak, as a person would say it. Each is one piece of information on the map. */
export const infoKinds = [
  'location',
  'messages',
  'calls',
  'plans',
  'pictures',
  'sound',
  'video',
  'contacts',
  'money',
  'browsing',
  'home',
  'control',
] as const
export type InfoKind = (typeof infoKinds)[number]

/** The groups in which an adviser goes through what a client has. */
export const entryGroups = ['devices', 'accounts', 'sharing', 'home', 'moving', 'people', 'public'] as const
export type EntryGroup = (typeof entryGroups)[number]

const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,40}$/, { error: 'must be lower-case letters, digits and hyphens' })
const words = (most: number) => z.string().trim().min(1).max(most)
/** A name on the map, made for each thing: `{}` is the thing, `{other}` one it is tied to. */
const node = z.string().regex(/^(\{\}|\{other\}|place|person|info)[a-z0-9.:-]*$/, {
  error: 'must begin with {}, {other}, place, person or info',
})
const step = z.string().regex(/^[a-z][a-z-]{2,40}:(\{\}|\{other\})$/, {
  error: 'must be a verb and {}, such as change-password:{}',
})

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('belief'),
    id: slug,
    ask: words(200),
    hint: words(300).optional(),
  }),
  z.strictObject({
    kind: z.literal('things'),
    id: slug,
    ask: words(200),
    hint: words(300).optional(),
    /** Entries whose things may be chosen. */
    of: z.array(slug).min(1),
  }),
])

const held = z.strictObject({
  who: z.enum(['suspect', 'client']),
  node,
  /** The belief question it depends on. Without one it is certain. */
  when: slug.optional(),
  /** The question of things it is repeated for. */
  each: slug.optional(),
})

const rule = z.strictObject({
  to: node,
  from: z.array(node).min(1),
  /** How it happens, as the rest of a sentence about the person who does it: "unlocks it with the passcode". */
  how: words(200),
  who: z.enum(['suspect', 'client', 'anyone']).default('anyone'),
  unless: z.array(step).default([]),
  if: z.array(step).default([]),
  /** Steps that end it too when it is not known which thing it is tied to. */
  unlessUnknown: z.array(step).default([]),
  when: slug.optional(),
  each: slug.optional(),
})

const whole = z.int().min(0).max(100)
const cost = z.strictObject({ effort: whole, money: whole, disruption: whole, risk: whole })

const entryStep = z.strictObject({
  id: step,
  /** What to do, as an instruction: "Change the passcode". */
  do: words(200),
  cost,
  /** Whether the suspected person is likely to notice. */
  alerts: z.boolean(),
  needs: z.array(node).default([]),
  exposes: z.array(node).default([]),
  after: z.array(step).default([]),
  requires: z.array(z.union([step, z.array(step).min(1)])).default([]),
  excludes: z.array(step).default([]),
  destroys: z.array(node).default([]),
  /** What the suspected person will see, what is lost, what to have ready, and how to go back (S9). */
  notices: words(300),
  lost: words(300),
  ready: words(300),
  undo: words(300),
  each: slug.optional(),
})

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
 * One kind of thing a client may have, as data: plain questions, what each answer puts on the map, the steps that
 * close it, what is noticed, what to keep first. Facts about a vendor have a date and a source.
 */
export const catalogueEntrySchema = z.strictObject({
  id: slug,
  /** What it is called on screen: "Phone". */
  title: words(60),
  group: z.enum(entryGroups),
  /** One sentence for people who have never met one. */
  says: words(300),
  /** Whether the client must still have it after every plan. False for what they can do without. */
  mustKeep: z.boolean().default(true),
  /** At most ten, the decisive ones first. */
  questions: z.array(question).min(1).max(10),
  nodes: z.array(z.strictObject({ id: node, kind: slug, label: words(120) })).min(1),
  holds: z.array(held).default([]),
  rules: z.array(rule).default([]),
  /** What anyone who reaches a node learns: for certain, or possibly. */
  reveals: z
    .array(
      z.strictObject({
        from: node.default('{}'),
        certain: z.array(z.enum(infoKinds)),
        possible: z.array(z.enum(infoKinds)).default([]),
      }),
    )
    .default([]),
  steps: z.array(entryStep).min(1),
  evidence: z
    .array(z.strictObject({ id: node, weight: whole, preservedBy: z.array(step).min(1), words: words(200) }))
    .default([]),
  /**
   * For a thing by which somebody could write to or ring the client: what is said, and the fact that there was
   * contact.
   */
  channel: z.strictObject({ content: node, fact: node.optional() }).optional(),
  /** What the client must never lose, besides the thing itself. */
  keep: z.array(node).default([]),
  leak,
  capture: z.array(words(300)).min(1),
  playbook: z.array(words(400)).min(1),
  source: words(400),
  lastChecked: z.iso.date(),
})

export type CatalogueEntry = z.output<typeof catalogueEntrySchema>
export type CatalogueQuestion = CatalogueEntry['questions'][number]

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
  const findings = findLooseEnds(name, read.data)
  return findings.length > 0 ? { ok: false, findings } : { ok: true, entry: read.data }
}

function findLooseEnds(name: string, entry: CatalogueEntry): readonly CatalogueFinding[] {
  const findings: CatalogueFinding[] = []
  const say = (place: string, says: string): void => {
    findings.push({ entry: name, place, says })
  }
  if (entry.id !== name) say('id', `must be ${name}, the name of its file`)
  const beliefs = new Set(entry.questions.filter(each => each.kind === 'belief').map(each => each.id))
  const things = new Set(entry.questions.filter(each => each.kind === 'things').map(each => each.id))
  const nodes = new Set([...entry.nodes, ...entry.evidence].map(each => each.id))
  const steps = new Set(entry.steps.map(each => each.id))
  if (beliefs.size + things.size !== entry.questions.length) say('questions', 'has the same question twice')
  if (!nodes.has('{}')) say('nodes', 'must hold {}, the thing itself')
  const isLoose = (id: string): boolean => id.startsWith('{}') && !nodes.has(id)
  const verify = (
    place: string,
    part: { readonly when?: string | undefined; readonly each?: string | undefined },
    named: readonly string[],
    taken: readonly string[],
  ): void => {
    if (part.when !== undefined && !beliefs.has(part.when))
      say(place, `hangs on ${part.when}, which is no question of belief`)
    if (part.each !== undefined && !things.has(part.each))
      say(place, `is repeated for ${part.each}, which is no question of things`)
    for (const id of named.filter(isLoose)) say(place, `names ${id}, which is not among its nodes`)
    for (const id of taken.filter(id => id.endsWith('{}') && !steps.has(id)))
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
    verify(`steps.${index}`, each, named, [...each.after, ...each.requires.flat(), ...each.excludes])
  }
  for (const [index, each] of entry.evidence.entries()) verify(`evidence.${index}`, {}, [], each.preservedBy)
  verify('keep', {}, entry.keep, [])
  if (entry.channel)
    verify('channel', {}, [entry.channel.content, ...(entry.channel.fact ? [entry.channel.fact] : [])], [])
  return findings
}
