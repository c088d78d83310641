import fc from 'fast-check'
import type { Field, ObjectKind, Shape } from '../../src/access-engine/format/shape.ts'

export type FileValue = { readonly [name: string]: unknown }

/** How many things of each sort a made file has. A name in it is the id of one of them. */
const mostOfASort = 3
const idOfMade = (of: string, index: number): string => `${of} ${index}`

/**
 * Files that a format allows, made from its shapes: every field there or left out, short and long, with ids that stand once
 * and names of what is there.
 */
export function makeFiles(format: ObjectKind): fc.Arbitrary<FileValue> {
  return fc.integer({ min: 1, max: mostOfASort }).chain(count => makeObject(format, 0, count))
}

function makeObject(kind: ObjectKind, index: number, count: number): fc.Arbitrary<FileValue> {
  const fields = Object.entries(kind.fields)
  const made = Object.fromEntries(fields.map(([name, field]) => [name, makeField(name, field, index, count)]))
  return fc.record(made, {
    requiredKeys: fields.filter(([, field]) => mustStand(field)).map(([name]) => name),
  })
}

/** What others name must be there. So must an id that would be like another when it is left out. */
function mustStand({ need, shape }: Field): boolean {
  const holdsIds = shape.is === 'list' && shape.of.is === 'object' && idFieldOf(shape.of) !== undefined
  return need === 'required' || holdsIds || (shape.is === 'id' && shape.of === 'channel')
}

function idFieldOf(kind: ObjectKind): Field | undefined {
  return Object.values(kind.fields).find(field => field.shape.is === 'id')
}

function makeField(name: string, { shape }: Field, index: number, count: number): fc.Arbitrary<unknown> {
  if (shape.is === 'day') return fc.constantFrom(...(name === 'since' ? ['2024-02-29'] : ['2025-12-31']))
  // What is forced in is not forced out.
  if (shape.is === 'list' && name === 'out') return fc.constant([])
  return makeValue(shape, index, count)
}

function makeValue(shape: Shape, index: number, count: number): fc.Arbitrary<unknown> {
  switch (shape.is) {
    case 'text':
      return fc.oneof(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.constantFrom('__proto__', 'constructor', 'toString', ' ', '0'),
      )
    case 'id':
      return fc.constant(idOfMade(shape.of, index))
    case 'name':
      return fc.nat(count - 1).map(of => idOfMade(shape.of, of))
    case 'day':
      return fc.constant('2025-01-01')
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...shape.of)
    case 'number':
      if (shape.isAbove) return shape.isWhole ? fc.constantFrom(1, 7, 20) : fc.constantFrom(0.5, 1, 20)
      // Whole numbers make whole costs, whatever they are weighed by.
      return shape.most === 1 ? fc.constantFrom(0, 0.25, 1) : fc.nat(20)
    case 'exactly':
      return fc.constant(shape.value)
    case 'list': {
      const isOfThings = shape.of.is === 'object' && idFieldOf(shape.of) !== undefined
      if (isOfThings) return inOrder(Array.from({ length: count }, (_, at) => makeValue(shape.of, at, count)))
      return fc
        .nat(mostOfASort)
        .chain(length => inOrder(Array.from({ length }, (_, at) => makeValue(shape.of, at, count))))
    }
    case 'one-or-list':
      return fc.oneof(
        makeValue(shape.of, index, count),
        fc.array(makeValue(shape.of, index, count), { minLength: 1, maxLength: 3 }),
      )
    case 'null-or':
      return fc.oneof(fc.constant(null), makeValue(shape.of, index, count))
    case 'object':
      return makeObject(shape, index, count)
    case 'short-or-long': {
      const long = makeObject(shape.long, index, count)
      const short = shape.long.fields[shape.short]
      // A channel that is its content alone has that for an id, which no other may have.
      if (!short || idFieldOf(shape.long)) return long
      return fc.oneof(makeValue(short.shape, index, count), long)
    }
    case 'either':
      return fc.oneof(makeObject(shape.having, index, count), makeObject(shape.lacking, index, count))
  }
}

const inOrder = (items: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<readonly unknown[]> =>
  fc.tuple(...items)

/** An object in a file: where it stands, its kind, and its fields. */
export type Found = {
  readonly path: readonly (string | number)[]
  readonly kind: ObjectKind
  readonly fields: Record<string, unknown>
}

/** Every object in a file that its format allows, from the outside in. */
export function findObjects(
  shape: Shape,
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly Found[] {
  switch (shape.is) {
    case 'list':
      return (value as readonly unknown[]).flatMap((item, at) => findObjects(shape.of, item, [...path, at]))
    case 'short-or-long':
      return typeof value === 'string' ? [] : findObjects(shape.long, value, path)
    case 'either':
      return findObjects(shape.by in (value as object) ? shape.having : shape.lacking, value, path)
    case 'object': {
      const fields = value as Record<string, unknown>
      return [
        { path, kind: shape, fields },
        ...Object.entries(fields).flatMap(([name, inner]) =>
          findObjects((shape.fields[name] as Field).shape, inner, [...path, name]),
        ),
      ]
    }
    default:
      return []
  }
}
