import { dayPattern } from '../../src/access-engine/format/read-shape.ts'
import { type Field, listObjects, type ObjectKind, type Shape } from '../../src/access-engine/format/shape.ts'

type Schema = { readonly [name: string]: unknown }

/**
 * The JSON Schema of a format, as the text of a file. It says what each value may be by itself. That ids are there and stand
 * once, and that costs come to whole numbers, no JSON Schema can say.
 */
export function writeJsonSchema(format: ObjectKind, title: string, description: string): string {
  const objects = listObjects(format).filter(kind => kind !== format)
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description,
    ...schemaOfObject(format),
    $defs: {
      text: { type: 'string', minLength: 1 },
      ...Object.fromEntries(objects.map(kind => [kind.name, schemaOfObject(kind)])),
    },
  }
  return `${print(schema, '')}\n`
}

function schemaOfObject({ fields }: ObjectKind): Schema {
  const required = Object.entries(fields)
    .filter(([, field]) => field.need === 'required')
    .map(([name]) => name)
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, schemaOfField(field)]),
    ),
    additionalProperties: false,
  }
}

function schemaOfField(field: Field): Schema {
  const otherwise = field.otherwise ? ` Left out, it is ${field.otherwise.says}.` : ''
  const says = `${field.says.slice(0, 1).toUpperCase()}${field.says.slice(1)}.${otherwise}`
  return { ...schemaOf(field.shape), description: says.replaceAll('`', '') }
}

function schemaOf(shape: Shape): Schema {
  switch (shape.is) {
    case 'text':
    case 'id':
    case 'name':
      return { $ref: '#/$defs/text' }
    case 'day':
      return { type: 'string', pattern: dayPattern }
    case 'flag':
      return { type: 'boolean' }
    case 'choice':
      return { enum: shape.of }
    case 'number':
      return {
        type: shape.isWhole ? 'integer' : 'number',
        [shape.isAbove ? 'exclusiveMinimum' : 'minimum']: shape.least,
        maximum: shape.most,
      }
    case 'exactly':
      return { const: shape.value }
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) }
    case 'one-or-list':
      return { anyOf: [schemaOf(shape.of), { type: 'array', items: schemaOf(shape.of), minItems: 1 }] }
    case 'null-or':
      return { anyOf: [schemaOf(shape.of), { type: 'null' }] }
    case 'object':
      return { $ref: `#/$defs/${shape.name}` }
    case 'short-or-long':
      return { anyOf: [{ $ref: '#/$defs/text' }, schemaOf(shape.long)] }
    case 'either':
      return { anyOf: [schemaOf(shape.having), schemaOf(shape.lacking)] }
  }
}

/** As the formatter of the project leaves it. */
function print(value: unknown, indent: string): string {
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    if (value.every(item => typeof item !== 'object'))
      return `[${value.map(item => JSON.stringify(item)).join(', ')}]`
    return `[\n${value.map(item => `${deeper}${print(item, deeper)}`).join(',\n')}\n${indent}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const lines = Object.entries(value).map(
    ([name, inner]) => `${deeper}${JSON.stringify(name)}: ${print(inner, deeper)}`,
  )
  return `{\n${lines.join(',\n')}\n${indent}}`
}
