import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { z } from 'zod'
import { readCsv } from './csv-rows.ts'

/** One app made for watching, or used for it, from an indicator file. */
export type IndicatorFamily = {
  readonly name: string
  /** "stalkerware" or "watchware" in the published files; anything else is shown unchanged. */
  readonly type: string
  readonly names: readonly string[]
  readonly packages: readonly string[]
}

export type IndicatorFile = {
  readonly name: string
  readonly families: readonly IndicatorFamily[]
  /** What could not be used, each in words for the person who looks after the machine. */
  readonly problems: readonly string[]
}

/** No published file is a tenth of this size. */
export const largestIndicatorFile = 2 * 1024 * 1024

const texts = z
  .array(z.string().trim().min(1).max(300))
  .max(5_000)
  .nullish()
  .transform(list => list ?? [])
// Published fields are name, names, type, packages, certificates, websites, distribution and c2. A list of apps is
// compared with names and packages. The rest says nothing about such a list and is ignored.
const family = z.object({
  name: z.string().trim().min(1).max(200),
  type: z.string().trim().max(60).default(''),
  names: texts,
  packages: texts,
})

/**
 * Reads an indicator file by its name: `.yaml` or `.yml` in the format in which stalkerware indicators are published,
 * or `.csv`. An entry that cannot be used is left out and reported; the others are still there. Never throws.
 */
export function parseIndicatorFile(name: string, text: string): IndicatorFile {
  if (text.length > largestIndicatorFile)
    return { name, families: [], problems: ['is larger than 2 MB, which no indicator file is'] }
  if (/\.csv$/i.test(name)) return { name, ...readCsvIndicators(text) }
  if (/\.ya?ml$/i.test(name)) return { name, ...readYamlIndicators(text) }
  return { name, families: [], problems: ['ends in neither .yaml, .yml nor .csv'] }
}

type Read = Omit<IndicatorFile, 'name'>

function readYamlIndicators(text: string): Read {
  let value: unknown
  try {
    // Every value is a text: no dates, no numbers, no merging of maps.
    value = load(text, { schema: FAILSAFE_SCHEMA })
  } catch (cause) {
    const line = (cause as { mark?: { line?: number } }).mark?.line
    const place = typeof line === 'number' ? ` (line ${line + 1})` : ''
    return { families: [], problems: [`is not YAML that can be read${place}`] }
  }
  if (value === undefined || value === null) return { families: [], problems: [] }
  if (!Array.isArray(value))
    return { families: [], problems: ['must be a list of entries, each with a name and its packages'] }
  const families: IndicatorFamily[] = []
  const problems: string[] = []
  for (const [index, entry] of value.entries()) {
    const read = family.safeParse(entry)
    if (read.success) families.push(read.data)
    else {
      const issue = read.error.issues[0]
      problems.push(`entry ${index + 1}: ${issue?.path.join('.') || 'the entry'} cannot be used`)
    }
  }
  return { families, problems }
}

function readCsvIndicators(text: string): Read {
  const { rows, isCutShort } = readCsv(text.replace(/^\ufeff/, ''))
  const problems = isCutShort ? ['ends inside a quoted field'] : []
  const [head, ...body] = rows
  if (!head) return { families: [], problems }
  const column = (wanted: string): number =>
    head.cells.findIndex(cell => cell.trim().toLowerCase() === wanted)
  const [packageAt, nameAt, typeAt] = [column('package'), column('name'), column('type')]
  if (packageAt < 0 || nameAt < 0)
    return {
      families: [],
      problems: [...problems, 'must begin with a line that names the columns package and name'],
    }
  const families = new Map<string, { type: string; packages: string[] }>()
  for (const { line, cells } of body) {
    if (cells.every(cell => cell.trim() === '')) continue
    const read = family.safeParse({
      name: cells[nameAt] ?? '',
      type: typeAt < 0 ? '' : (cells[typeAt] ?? ''),
      packages: [cells[packageAt] ?? ''],
    })
    if (!read.success) {
      problems.push(`line ${line}: must have a name and a package`)
      continue
    }
    const { name, type, packages } = read.data
    const known = families.get(name)
    if (known) known.packages.push(...packages)
    else families.set(name, { type, packages: [...packages] })
  }
  return {
    families: [...families].map(([name, { type, packages }]) => ({ name, type, names: [], packages })),
    problems,
  }
}
