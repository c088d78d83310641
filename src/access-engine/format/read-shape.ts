import { type FindingLog, quote } from './finding-log.ts'
import { sayUnknownField } from './near-field.ts'
import { noteRepeatedFields } from './repeated-fields.ts'
import { listObjects, type NumberKind, type ObjectKind, type Shape } from './shape.ts'

/** A day in a file. */
export const dayPattern = '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
const isDay = new RegExp(dayPattern)

type Ids = ReadonlyMap<string, ReadonlySet<string>>
type Raw = Readonly<Record<string, unknown>>

type Reading = {
  readonly log: FindingLog
  readonly format: readonly ObjectKind[]
  /** The ids of each sort that stand somewhere in the file, and those met so far. */
  readonly declared: Ids
  readonly met: Map<string, Set<string>>
  /** Where in its list an object stands. */
  index: number
  /** The field whose value is being read, so that findings of one field are alike. */
  field: unknown
}

/** The text of a file as a value, or undefined where it is no JSON. Notes what is wrong with it as JSON. */
export function readJson(json: string, log: FindingLog): { readonly value: unknown } | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    log.note(readJson, 'not-json', 'is not JSON')
    return undefined
  }
  noteRepeatedFields(json, log)
  return { value }
}

/**
 * Reads a hostile value as what its shape says. It never stops at the first thing that is wrong: what cannot be read gets a
 * harmless value, and reading goes on. With anything in the log, what it answers must not be used. A field that the shape
 * does not name is always wrong, because what it was meant to say is lost. The value is one that `JSON.parse` could give.
 */
export function readShape<Value>(shape: Shape<Value>, value: unknown, log: FindingLog): Value {
  const declared = new Map<string, Set<string>>()
  collectIds(shape, value, declared)
  const reading: Reading = {
    log,
    format: listObjects(shape),
    declared,
    met: new Map(),
    index: 0,
    field: shape,
  }
  return read(shape, value, reading) as Value
}

function read(shape: Shape, value: unknown, reading: Reading): unknown {
  switch (shape.is) {
    case 'text':
      return readText(value, reading)
    case 'id':
      return readId(shape.of, value, reading)
    case 'name':
      return readName(shape.of, value, reading)
    case 'day':
      if (typeof value === 'string' && isDay.test(value)) return value
      return wrong(reading, 'must be a day like 2026-03-01', '')
    case 'flag':
      return typeof value === 'boolean' ? value : wrong(reading, 'must be true or false', false)
    case 'choice':
      if (typeof value === 'string' && shape.of.includes(value)) return value
      return wrong(reading, `must be ${shape.of.join(' or ')}`, shape.of[0])
    case 'number':
      return readNumber(shape, value, reading)
    case 'exactly':
      if (value === shape.value) return value
      return wrong(reading, `must be ${shape.value}: this program knows no other`, shape.value)
    case 'list':
      if (!Array.isArray(value)) return wrong(reading, 'must be a list', [])
      return shape.isSet
        ? [...new Set(readItems(shape.of, value, reading))]
        : readItems(shape.of, value, reading)
    case 'one-or-list':
      if (!Array.isArray(value)) return [read(shape.of, value, reading)]
      if (value.length === 0)
        reading.log.note(reading.field, 'missing', 'is a list of alternatives with none in it')
      return readItems(shape.of, value, reading)
    case 'null-or':
      return value === null ? null : read(shape.of, value, reading)
    case 'object':
      return readObject(shape, [shape], value, reading)
    case 'short-or-long':
      if (typeof value === 'string')
        return readFields(shape.long, { [shape.short]: value }, reading, shape.short)
      if (isRecord(value)) return readObject(shape.long, [shape.long], value, reading)
      return wrong(reading, 'must be a text or an object', blank(shape.long, reading))
    case 'either': {
      const kind = isRecord(value) && value[shape.by] !== undefined ? shape.having : shape.lacking
      return readObject(kind, [kind, shape.having, shape.lacking], value, reading)
    }
  }
}

function wrong<Value>(reading: Reading, message: string, harmless: Value): Value {
  reading.log.note(reading.field, 'wrong-shape', message)
  return harmless
}

function readText(value: unknown, { log, field }: Reading): string {
  if (typeof value !== 'string' || value === '') {
    log.note(field, 'wrong-shape', 'must be a text, and not an empty one')
    return ''
  }
  // Two that differ in such a half are the same once they are written anywhere.
  if (/\p{Surrogate}/u.test(value)) log.note(field, 'broken-text', 'holds half of a character')
  return value
}

function readId(of: string, value: unknown, reading: Reading): string {
  const id = readText(value, reading)
  if (id !== '') meet(of, id, reading)
  return id
}

function meet(of: string, id: string, { log, field, met }: Reading): void {
  const ids = met.get(of) ?? new Set()
  if (ids.has(id)) log.note(field, 'twice', () => `${quote(id)} is there twice`)
  met.set(of, ids.add(id))
}

function readName(of: string, value: unknown, reading: Reading): string {
  const name = readText(value, reading)
  if (name !== '' && !reading.declared.get(of)?.has(name))
    reading.log.note(reading.field, 'unknown-id', () => `names ${quote(name)}, and there is no such ${of}`)
  return name
}

function readNumber({ least, most, isWhole, isAbove }: NumberKind, value: unknown, reading: Reading): number {
  const note = (code: 'negative' | 'too-small' | 'too-large' | 'not-whole', message: string): number => {
    reading.log.note(reading.field, code, message)
    return isAbove ? most : least
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong(reading, 'must be a number', least)
  if (value < 0) return note('negative', 'must not be negative')
  if (isAbove && value <= least) return note('too-small', `must be more than ${least}`)
  if (value > most) return note('too-large', `must be at most ${most}`)
  if (isWhole && !Number.isInteger(value)) return note('not-whole', 'must be a whole number')
  // Nothing below nothing is nothing.
  return value === 0 ? 0 : value
}

function readItems(of: Shape, items: readonly unknown[], reading: Reading): readonly unknown[] {
  const { log } = reading
  // By number, because a list that was never filled has holes.
  return Array.from({ length: items.length }, (_, index) => {
    log.enter(index)
    reading.index = index
    const item = read(of, items[index], reading)
    log.leave()
    return item
  })
}

/** Reads an object as `kind`; a field that it has not is looked for in all of `alike`. */
function readObject(kind: ObjectKind, alike: readonly ObjectKind[], value: unknown, reading: Reading): Raw {
  if (!isRecord(value)) return wrong(reading, 'must be an object', blank(kind, reading))
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(kind.fields, name))
      reading.log.noteAt([name], kind, 'unknown-field', () => sayUnknownField(name, alike, reading.format))
  }
  return readFields(kind, value, reading)
}

/** The fields of an object. Where a text stood for it, `short` is the field that the text is, and has no place of its own. */
function readFields(kind: ObjectKind, value: Raw, reading: Reading, short?: string): Raw {
  const fields: Record<string, unknown> = {}
  const { log, index, field: outer } = reading
  for (const [name, field] of Object.entries(kind.fields)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    reading.field = field
    if (name !== short) log.enter(name)
    if (given !== undefined) {
      const found = read(field.shape, given, reading)
      if (field.need !== 'aside') fields[name] = found
    } else if (field.need === 'required') {
      log.note(field, 'missing', field.why === undefined ? 'is missing' : `is missing: ${field.why}`)
      fields[name] = log.mute(() => read(field.shape, undefined, reading))
    } else if (field.otherwise) {
      const otherwise = field.otherwise.from(fields, index)
      fields[name] = otherwise
      if (field.shape.is === 'id' && otherwise !== '') meet(field.shape.of, String(otherwise), reading)
    }
    if (name !== short) log.leave()
  }
  reading.field = outer
  return fields
}

function blank(kind: ObjectKind, reading: Reading): Raw {
  return reading.log.mute(() => readFields(kind, {}, reading))
}

/** The ids that stand anywhere in the file, because a file names things before it says them. */
function collectIds(shape: Shape, value: unknown, into: Map<string, Set<string>>): void {
  if (shape.is === 'list') {
    if (Array.isArray(value)) for (const item of value) collectIds(shape.of, item, into)
  } else if (shape.is === 'object' && isRecord(value)) {
    for (const [name, { shape: inner }] of Object.entries(shape.fields)) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined
      if (inner.is === 'id' && typeof given === 'string')
        into.set(inner.of, (into.get(inner.of) ?? new Set()).add(given))
      else if (inner.is === 'list') collectIds(inner, given, into)
    }
  }
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
