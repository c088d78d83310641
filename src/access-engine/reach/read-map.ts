import { type FieldReader, type Finding, makeFieldReader } from './field-reader.ts'
import {
  type AccessMap,
  beliefs,
  type Channel,
  type Holding,
  type MapRule,
  type MapStep,
  type Measures,
  measures,
  type Protected,
  weighStep,
} from './map.ts'

export type ReadMap =
  | { readonly ok: true; readonly map: AccessMap; readonly notes: readonly string[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** Above this the solver would lose digits. The author of a map with dearer steps has to scale it down. */
const dearest = 100_000

const known = new Set([
  ...['$schema', 'version', 'title', 'about', 'nodes', 'rules', 'holds', 'steps', 'protect', 'keep'],
  ...['evidence', 'sharedCosts', 'weights', 'channels', 'force'],
])

/**
 * Reads a map from the text of a hostile file. Whatever is in it, the answer is a map or the complete list of what is
 * wrong. Cycles are not wrong: mailboxes do recover each other.
 */
export function readMap(text: string): ReadMap {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, findings: [{ place: 'file', code: 'not-json', message: 'is not JSON' }] }
  }
  return readMapValue(value)
}

/** The same, from a value that is already parsed. */
export function readMapValue(value: unknown): ReadMap {
  const read = makeFieldReader()
  const file = read.object(value, 'file')
  if (read.findings.length > 0) return { ok: false, findings: read.findings }
  if (file['version'] !== undefined && file['version'] !== 1)
    read.note('version', 'wrong-shape', 'must be 1: this program knows no other')
  if (file['nodes'] === undefined) read.note('nodes', 'missing', 'is missing: without it this is not a map')

  const nodes = read.list(file['nodes'], 'nodes', (item, place) => {
    const fields = read.object(item, place)
    const id = read.text(fields['id'], `${place}.id`)
    const kind = read.optionalText(fields['kind'], `${place}.kind`, id.split(':')[0] ?? id)
    return { id, kind, label: read.optionalText(fields['label'], `${place}.label`, id) }
  })
  const nodeIds = ids(read, nodes, 'nodes')
  const stepIds = new Set<string>()
  const evidenceIds = new Set<string>()
  const rawSteps = Array.isArray(file['steps']) ? file['steps'] : []
  for (const [index, item] of rawSteps.entries())
    addId(read, stepIds, (item as { id?: unknown } | null)?.id, `steps[${index}].id`)
  const rawEvidence = Array.isArray(file['evidence']) ? file['evidence'] : []
  for (const [index, item] of rawEvidence.entries())
    addId(read, evidenceIds, (item as { id?: unknown } | null)?.id, `evidence[${index}].id`)

  const from = (known: ReadonlySet<string>, what: string) => (item: unknown, place: string) => {
    const id = read.text(item, place)
    if (id !== '' && !known.has(id))
      read.note(place, 'unknown-id', `names ${quote(id)}, and there is no such ${what}`)
    return id
  }
  const node = from(nodeIds, 'node')
  const step = from(stepIds, 'step')
  const evidence = from(evidenceIds, 'evidence')

  const weights = readMeasures(read, file['weights'], 'weights', 1)
  const holdsOf = read.object(file['holds'] ?? {}, 'holds')
  const force = read.object(file['force'] ?? {}, 'force')
  const map: AccessMap = {
    nodes,
    rules: read.list(file['rules'], 'rules', (item, place) => readRule(read, item, place, node, step)),
    holds: {
      suspect: read.list(holdsOf['suspect'], 'holds.suspect', (item, place) =>
        readHolding(read, item, place, node),
      ),
      client: read.list(holdsOf['client'], 'holds.client', (item, place) =>
        readHolding(read, item, place, node),
      ),
    },
    steps: read.list(file['steps'], 'steps', (item, place) =>
      readStep(read, item, place, node, step, evidence),
    ),
    protect: read.list(file['protect'], 'protect', (item, place) => readProtected(read, item, place, node)),
    keep: [...new Set(read.list(file['keep'], 'keep', node))],
    evidence: read.list(file['evidence'], 'evidence', (item, place) => {
      const fields = read.object(item, place)
      return {
        id: read.text(fields['id'], `${place}.id`),
        weight: read.whole(fields['weight'], `${place}.weight`, 0, dearest),
        preservedBy: read.list(fields['preservedBy'], `${place}.preservedBy`, step),
      }
    }),
    sharedCosts: read.list(file['sharedCosts'], 'sharedCosts', (item, place) => {
      const fields = read.object(item, place)
      return {
        id: read.text(fields['id'], `${place}.id`),
        cost: read.whole(fields['cost'], `${place}.cost`, 0, dearest),
        any: read.list(fields['any'], `${place}.any`, step),
      }
    }),
    weights,
    channels: readChannels(read, file['channels'], nodes, node),
    force: { in: read.list(force['in'], 'force.in', step), out: read.list(force['out'], 'force.out', step) },
  }
  for (const [index, each] of map.steps.entries()) verifyCost(read, each, weights, `steps[${index}].cost`)
  const out = new Set(map.force.out)
  for (const [index, id] of map.force.in.entries()) {
    if (out.has(id))
      read.note(`force.in[${index}]`, 'contradiction', `forces ${quote(id)} in, and force.out forces it out`)
  }
  if (read.findings.length > 0) return { ok: false, findings: read.findings }
  const notes = Object.keys(file)
    .filter(name => !known.has(name))
    .map(name => `There is no field ${quote(name)} in a map; it was passed over.`)
  return { ok: true, map, notes }
}

type ReadId = (item: unknown, place: string) => string

function readRule(read: FieldReader, item: unknown, place: string, node: ReadId, step: ReadId): MapRule {
  const fields = read.object(item, place)
  const since = readDay(read, fields['since'], `${place}.since`)
  const until = readDay(read, fields['until'], `${place}.until`)
  if (fields['from'] === undefined) read.note(`${place}.from`, 'missing', 'is missing')
  return {
    to: node(fields['to'], `${place}.to`),
    // Two of a kind would be counted twice and met once.
    from: [...new Set(read.list(fields['from'], `${place}.from`, node))],
    how: read.optionalText(fields['how'], `${place}.how`, 'has all it takes'),
    unless: [...new Set(read.list(fields['unless'], `${place}.unless`, step))],
    if: [...new Set(read.list(fields['if'], `${place}.if`, step))],
    belief: read.choice(fields['belief'], `${place}.belief`, beliefs, 'known'),
    who: read.choice(fields['who'], `${place}.who`, ['suspect', 'client', 'anyone'], 'anyone'),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

function readDay(read: FieldReader, value: unknown, place: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  read.note(place, 'wrong-shape', 'must be a day like 2026-03-01')
  return undefined
}

function readHolding(read: FieldReader, item: unknown, place: string, node: ReadId): Holding {
  if (typeof item === 'string') return { node: node(item, place), belief: 'known' }
  const fields = read.object(item, place)
  return {
    node: node(fields['node'], `${place}.node`),
    belief: read.choice(fields['belief'], `${place}.belief`, beliefs, 'known'),
    ...(fields['ground'] === undefined ? {} : { ground: read.text(fields['ground'], `${place}.ground`) }),
  }
}

function readStep(
  read: FieldReader,
  item: unknown,
  place: string,
  node: ReadId,
  step: ReadId,
  evidence: ReadId,
): MapStep {
  const fields = read.object(item, place)
  const id = read.text(fields['id'], `${place}.id`)
  const requires = read.list(fields['requires'], `${place}.requires`, (entry, at) => {
    if (!Array.isArray(entry)) return [step(entry, at)]
    if (entry.length === 0) read.note(at, 'missing', 'is a list of alternatives with none in it')
    return read.list(entry, at, step)
  })
  return {
    id,
    label: read.optionalText(fields['label'], `${place}.label`, id),
    cost: readMeasures(read, fields['cost'], `${place}.cost`, 0),
    alerts: read.flag(fields['alerts'], `${place}.alerts`),
    needs: read.list(fields['needs'], `${place}.needs`, node),
    exposes: read.list(fields['exposes'], `${place}.exposes`, node),
    after: read.list(fields['after'], `${place}.after`, step).filter(other => other !== id),
    requires,
    excludes: read.list(fields['excludes'], `${place}.excludes`, step),
    destroys: read.list(fields['destroys'], `${place}.destroys`, evidence),
  }
}

function readMeasures(read: FieldReader, value: unknown, place: string, otherwise: number): Measures {
  const fields = value === undefined ? {} : read.object(value, place)
  const of = (name: string) => read.amount(fields[name], `${place}.${name}`, otherwise, dearest)
  for (const name of Object.keys(fields)) {
    if (!measures.some(measure => measure === name))
      read.note(`${place}.${name}`, 'wrong-shape', `is no measure: they are ${measures.join(', ')}`)
  }
  return { effort: of('effort'), money: of('money'), disruption: of('disruption'), risk: of('risk') }
}

function verifyCost(read: FieldReader, step: MapStep, weights: Measures, place: string): void {
  const cost = weighStep(step, weights)
  if (!Number.isInteger(cost)) read.note(place, 'not-whole', 'must come to a whole number after weighting')
  else if (cost > dearest)
    read.note(place, 'too-large', `comes to ${cost} after weighting; the most is ${dearest}`)
}

function readProtected(read: FieldReader, item: unknown, place: string, node: ReadId): Protected {
  if (typeof item === 'string') return { node: node(item, place), price: null }
  const fields = read.object(item, place)
  const price = fields['price']
  return {
    node: node(fields['node'], `${place}.node`),
    price: price === undefined || price === null ? null : read.whole(price, `${place}.price`, 0, dearest),
  }
}

/** Channels as they are listed. In a map that lists none, every node of the kind `channel` is one. */
function readChannels(
  read: FieldReader,
  value: unknown,
  nodes: readonly { readonly id: string; readonly kind: string }[],
  node: ReadId,
): readonly Channel[] {
  if (value === undefined)
    return nodes
      .filter(each => each.kind === 'channel')
      .map(each => ({ id: each.id, content: each.id, fact: null }))
  return read.list(value, 'channels', (item, place) => {
    if (typeof item === 'string') return { id: item, content: node(item, place), fact: null }
    const fields = read.object(item, place)
    const content = node(fields['content'], `${place}.content`)
    return {
      id: read.optionalText(fields['id'], `${place}.id`, content),
      content,
      fact:
        fields['fact'] === undefined || fields['fact'] === null
          ? null
          : node(fields['fact'], `${place}.fact`),
    }
  })
}

function ids(
  read: FieldReader,
  items: readonly { readonly id: string }[],
  place: string,
): ReadonlySet<string> {
  const seen = new Set<string>()
  for (const [index, { id }] of items.entries()) addId(read, seen, id, `${place}[${index}].id`)
  return seen
}

function addId(read: FieldReader, seen: Set<string>, id: unknown, place: string): void {
  if (typeof id !== 'string' || id === '') return
  if (seen.has(id)) read.note(place, 'twice', `${quote(id)} is there twice`)
  seen.add(id)
}

function quote(text: string): string {
  return `“${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`
}
