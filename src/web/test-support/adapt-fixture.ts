import { trusted } from '../html.ts'

type Options = Readonly<Record<string, unknown>>

const isOptions = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Marks the markup of a fixture as markup, leaves out empty list entries, and keeps the rest. */
function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(Boolean).map(convert)
  if (!isOptions(value)) return value
  const converted: Record<string, unknown> = {}
  for (const [key, inside] of Object.entries(value)) {
    if (inside === null) continue
    // the published macro writes true as a value; ours writes a bare name
    if (key === 'attributes' && isOptions(inside)) {
      const written = Object.entries(inside).map(([name, each]) => [name, each === true ? 'true' : each])
      converted[key] = Object.fromEntries(written)
      continue
    }
    converted[key] = key === 'html' && typeof inside === 'string' ? trusted(inside.trim()) : convert(inside)
  }
  // as published, markup wins over text where a fixture gives both; an empty markup is none
  if (isOptions(value) && value['html'] === '') delete converted['html']
  return converted
}

/** `titleText` and `titleHtml` of the published macros are one option of ours: `title`. */
function joinPair(options: Options, name: string): Options {
  const { [`${name}Text`]: text, [`${name}Html`]: markup, ...rest } = options
  if (text === undefined && markup === undefined) return rest
  return { ...rest, [name]: { text, html: typeof markup === 'string' ? trusted(markup.trim()) : undefined } }
}

/** Turns the options of a published fixture into the options of our component of that name. */
export function adaptFixture(component: string, options: Options): unknown {
  let adapted = convert(options)
  if (!isOptions(adapted)) return adapted
  switch (component) {
    case 'details':
      return joinPair(adapted, 'summary')
    case 'error-summary':
      adapted = joinPair(joinPair(adapted, 'title'), 'description')
      return { errorList: [], ...(isOptions(adapted) ? adapted : {}) }
    case 'notification-banner':
    case 'panel':
      return joinPair(adapted, 'title')
    case 'exit-this-page':
      return { redirectUrl: 'https://www.bbc.co.uk/weather', ...adapted }
    case 'tabs':
    case 'select':
    case 'radios':
    case 'checkboxes':
      return { items: [], ...adapted }
    case 'date-input': {
      const { day, month, year, ...rest } = adapted
      const given = [day, month, year].some(part => part !== undefined)
      return given && !adapted['items'] ? { ...rest, items: dateParts(adapted) } : rest
    }
    case 'service-navigation': {
      const { slots, ...rest } = adapted
      const end = isOptions(slots) ? slots['end'] : undefined
      if (end === undefined) return rest
      const given = isOptions(end)
        ? { ...end, inline: end['align'] === 'inline' }
        : { html: trusted(String(end)) }
      return { ...rest, end: given }
    }
    default:
      return adapted
  }
}

function dateParts(options: Options): readonly unknown[] {
  return (['day', 'month', 'year'] as const)
    .filter(part => options[part] !== false)
    .map(part => {
      const given = options[part]
      return { name: part, ...(isOptions(given) ? given : {}) }
    })
}
