import { type Field, listObjects, type ObjectKind, type Shape } from '../../src/access-engine/format/shape.ts'

/** The tables of the fields of a format, in Markdown: one for each sort of object, from the outside in. */
export function writeFieldTables(format: ObjectKind): string {
  return listObjects(format).map(writeTable).join('\n\n')
}

function writeTable({ called, fields }: ObjectKind): string {
  const rows = Object.entries(fields).map(
    ([name, field]) => `| \`${name}\` | ${sayShape(field.shape)} | ${sayOtherwise(field)} | ${field.says} |`,
  )
  return [
    `**${called.slice(0, 1).toUpperCase()}${called.slice(1)}**`,
    '',
    '| Field | Holds | Left out | Is |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function sayOtherwise(field: Field): string {
  if (field.need === 'required') return 'never'
  return field.otherwise?.says ?? 'nothing'
}

function sayShape(shape: Shape): string {
  switch (shape.is) {
    case 'text':
      return 'a text'
    case 'id':
      return `a text, of no other ${shape.of}`
    case 'name':
      return `the id of ${shape.of === 'evidence' ? '' : 'a '}${shape.of}`
    case 'day':
      return 'a day, as 2026-03-01'
    case 'flag':
      return 'true or false'
    case 'choice':
      return shape.of.join(', ')
    case 'number': {
      const kind = shape.isWhole ? 'a whole number' : 'a number'
      const most = shape.most.toLocaleString('en').replaceAll(',', ' ')
      return shape.isAbove
        ? `${kind} above ${shape.least}, up to ${most}`
        : `${kind} from ${shape.least} to ${most}`
    }
    case 'exactly':
      return String(shape.value)
    case 'list':
      return `a list; in it ${sayShape(shape.of)}`
    case 'one-or-list':
      return `${sayShape(shape.of)}, or a list of such`
    case 'null-or':
      return `${sayShape(shape.of)}, or null`
    case 'object':
      return shape.called
    case 'short-or-long':
      return `${shape.long.called}, or its \`${shape.short}\` alone`
    case 'either':
      return `${shape.having.called} (it has \`${shape.by}\`) or ${shape.lacking.called}`
  }
}
