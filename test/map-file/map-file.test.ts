import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, makeFindingLog } from '../../src/access-engine/format/finding-log.ts'
import { readShape } from '../../src/access-engine/format/read-shape.ts'
import { listObjects, type ObjectKind } from '../../src/access-engine/format/shape.ts'
import { leaksShape } from '../../src/access-engine/leaks/leak-case.ts'
import { readLeaks } from '../../src/access-engine/leaks/read-leaks.ts'
import { mapShape } from '../../src/access-engine/reach/map.ts'
import { readMap } from '../../src/access-engine/reach/read-map.ts'
import { drawUpMap } from '../../src/access-map/inventory/draw-up-map.ts'
import { loadCatalogue } from '../../src/access-map/inventory/load-catalogue.ts'
import { knownPersonMap, strangerMap } from '../../src/app/demo/map-stories.ts'
import { projectFolder } from '../source-files.ts'
import { makeHostileMaps } from '../support/hostile-maps.ts'
import { type FileValue, type Found, findObjects, makeFiles } from '../support/made-file.ts'
import { makeHousehold } from '../support/made-household.ts'
import { makeInventory } from '../support/made-inventory.ts'
import { inventoryOfStory } from '../support/story-inventory.ts'
import { written } from './written.ts'

type Format = {
  readonly name: string
  readonly shape: ObjectKind
  readonly read: (json: string) => readonly Finding[]
  readonly fitsSchema: (value: unknown) => boolean
}

const ajv = new Ajv2020({ strict: true })
const schemaOf = (path: string) => ajv.compile(JSON.parse(readFileSync(join(projectFolder, path), 'utf8')))
const fitsMap = schemaOf('src/access-engine/access-map.schema.json')
const fitsLeaks = schemaOf('src/access-engine/leaks.schema.json')

const formats: readonly Format[] = [
  {
    name: 'map',
    shape: mapShape,
    read: json => {
      const read = readMap(json)
      return read.ok ? [] : read.findings
    },
    fitsSchema: value => fitsMap(value),
  },
  {
    name: 'leaks',
    shape: leaksShape,
    read: json => {
      const read = readLeaks(json)
      return read.ok ? [] : read.findings
    },
    fitsSchema: value => fitsLeaks(value),
  },
]

/** What no JSON Schema can say: names, ids, halves of characters, and what several fields come to together. */
function isBeyondSchema({ code, place }: Finding): boolean {
  const ofSeveral = ['twice', 'unknown-id', 'broken-text', 'contradiction'].includes(code)
  return ofSeveral || (/^steps\[\d+\]\.cost$/.test(place) && ['not-whole', 'too-large'].includes(code))
}

const runs = { numRuns: 400, seed: 20_261_201 }

test('what is written from the format is what it says: run npm run map-file when this is red', () => {
  for (const { path, write } of written)
    expect(readFileSync(join(projectFolder, path), 'utf8'), path).toBe(write())
})

test.for(formats)(
  'any $name that its format allows is read without a finding, and fits the JSON Schema',
  format => {
    fc.assert(
      fc.property(makeFiles(format.shape), file => {
        expect(format.read(JSON.stringify(file))).toEqual([])
        expect(format.fitsSchema(file)).toBe(true)
      }),
      runs,
    )
  },
)

test.for(formats)('every kind of object and every field of a $name comes up in what is made', format => {
  const met = new Set<string>()
  for (const file of fc.sample(makeFiles(format.shape), { numRuns: 100, seed: 7 }))
    for (const { kind, fields } of findObjects(format.shape, file))
      for (const name of Object.keys(fields)) met.add(`${kind.name}.${name}`)
  expect([...met].toSorted()).toEqual(
    listObjects(format.shape)
      .flatMap(kind => Object.keys(kind.fields).map(name => `${kind.name}.${name}`))
      .toSorted(),
  )
})

/** A copy of a file, and one object in it that chance chose among those that `fits`. */
function choose(
  format: Format,
  file: FileValue,
  at: number,
  fits: (found: Found) => boolean = () => true,
): { readonly copy: FileValue; readonly chosen: Found; readonly all: readonly Found[] } {
  const copy = structuredClone(file)
  const all = findObjects(format.shape, copy)
  const fitting = all.filter(fits)
  const chosen = fitting[at % fitting.length]
  if (!chosen) throw new Error('Nothing to choose from.')
  return { copy, chosen, all }
}

function writePlace(path: readonly (string | number)[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('')
}

/** The file is refused at this field, and by the JSON Schema too. Answers what is said of it. */
function expectRefused(format: Format, file: FileValue, path: readonly (string | number)[]): string {
  const found = format
    .read(JSON.stringify(file))
    .find(({ place, code }) => place === writePlace(path) && code === 'unknown-field')
  expect(found, `${writePlace(path)} of ${JSON.stringify(file)}`).toBeDefined()
  expect(format.fitsSchema(file)).toBe(false)
  return found?.message ?? ''
}

function isPlain(name: string): boolean {
  return /^[a-z_$][\w$-]{0,79}$/i.test(name)
}

/** A name with one slip of a hand: a letter left out, put in, changed, or two swapped. */
function misspell(name: string, kind: number, at: number): string {
  const index = at % name.length
  const [before, here, after] = [name.slice(0, index), name[index] ?? '', name.slice(index + 1)]
  if (kind === 0) return before + after
  if (kind === 1) return `${before}${here}x${after}`
  if (kind === 2) return `${before}x${after}`
  return before + after.slice(0, 1) + here + after.slice(1)
}

test.for(formats)(
  'a field of a $name that is misspelt is a finding there, and says which was meant',
  format => {
    let named = 0
    fc.assert(
      fc.property(
        makeFiles(format.shape),
        fc.nat(),
        fc.nat(),
        fc.nat(3),
        fc.nat(),
        (file, at, which, slip, letter) => {
          const { copy, chosen } = choose(format, file, at, ({ fields }) => Object.keys(fields).length > 0)
          const names = Object.keys(chosen.fields)
          const name = names[which % names.length] ?? ''
          const wrong = misspell(name, slip, letter)
          const known = listObjects(format.shape).some(kind => kind === chosen.kind && wrong in kind.fields)
          if (wrong === name || known || !isPlain(wrong) || wrong in chosen.fields) return
          chosen.fields[wrong] = chosen.fields[name]
          delete chosen.fields[name]
          const said = expectRefused(format, copy, [...chosen.path, wrong])
          if (name.length < 5 || name === '$schema') return
          named += 1
          expect(said).toContain(`Did you mean “${name}”?`)
        },
      ),
      runs,
    )
    expect(named).toBeGreaterThan(100)
  },
)

test.for(formats)('a field added anywhere to a $name is a finding there', format => {
  const elsewhere = listObjects(format.shape).flatMap(kind => Object.keys(kind.fields))
  const names = fc.oneof(
    fc.constantFrom(...elsewhere, '__proto__', 'constructor', 'toString', 'note', 'x'),
    fc.string().filter(isPlain),
  )
  fc.assert(
    fc.property(makeFiles(format.shape), fc.nat(), names, fc.jsonValue(), (file, at, name, value) => {
      const { copy, chosen } = choose(format, file, at, ({ kind }) => !Object.hasOwn(kind.fields, name))
      // A check of a source is told from an arranged day by that field.
      if (chosen.kind.name === 'arranged-day' && name === 'source') return
      Object.defineProperty(chosen.fields, name, { value, enumerable: true })
      expectRefused(format, copy, [...chosen.path, name])
    }),
    runs,
  )
})

test.for(formats)('a field of a $name that slipped one level up or down is a finding there', format => {
  fc.assert(
    fc.property(makeFiles(format.shape), fc.nat(), fc.nat(), fc.boolean(), (file, at, which, goesUp) => {
      const isInside = (outer: Found, inner: Found): boolean =>
        outer !== inner && outer.path.every((step, index) => inner.path[index] === step)
      const { copy, chosen: inner, all } = choose(format, file, at, ({ path }) => path.length > 0)
      const outer = all.filter(each => isInside(each, inner)).at(-1)
      if (!outer) throw new Error('Every object but the file is in another.')
      const [from, to] = goesUp ? [inner, outer] : [outer, inner]
      const movable = Object.keys(from.fields).filter(
        name => !(name in to.kind.fields) && !(from === outer && inner.path[outer.path.length] === name),
      )
      const name = movable[which % movable.length]
      if (name === undefined) return
      to.fields[name] = from.fields[name]
      delete from.fields[name]
      expectRefused(format, copy, [...to.path, name])
    }),
    runs,
  )
})

test.for(formats)('the reader and the JSON Schema of a $name agree on any value in any place', format => {
  const agrees = (value: unknown): boolean => {
    const log = makeFindingLog()
    readShape(format.shape, value, log)
    return log.list().every(isBeyondSchema) === format.fitsSchema(value)
  }
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      null,
      -1,
      0.5,
      1,
      2,
      1e5,
      100_001,
      1e308,
      '',
      [],
      {},
      [[]],
      [''],
      [null],
      true,
      '2026-02-30',
      'known',
    ),
  )
  let fitting = 0
  let refused = 0
  fc.assert(
    fc.property(makeFiles(format.shape), fc.nat(), fc.nat(), odd, (file, at, which, value) => {
      const { copy, chosen } = choose(format, file, at)
      const names = Object.keys(chosen.kind.fields)
      chosen.fields[names[which % names.length] ?? ''] = value
      expect(agrees(copy), JSON.stringify(copy)).toBe(true)
      if (format.fitsSchema(copy)) fitting += 1
      else refused += 1
    }),
    { ...runs, numRuns: 2000 },
  )
  expect(Math.min(fitting, refused)).toBeGreaterThan(50)
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(agrees(value)).toBe(true)
    }),
    runs,
  )
})

test.for(formats)(
  'a field of a $name that stands twice is a finding there, though JSON takes the last',
  format => {
    fc.assert(
      fc.property(makeFiles(format.shape), fc.nat(), fc.nat(), fc.boolean(), (file, at, which, isEscaped) => {
        const { copy, chosen } = choose(format, file, at, ({ fields }) => Object.keys(fields).length > 0)
        const names = Object.keys(chosen.fields)
        const name = names[which % names.length] ?? ''
        chosen.fields['twice'] = chosen.fields[name]
        const [first = ''] = name
        const again = isEscaped
          ? `\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`
          : name
        const json = JSON.stringify(copy).replace('"twice":', `"${again}":`)
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(file)))
        expect(format.read(json)).toEqual([
          { place: writePlace([...chosen.path, name]), code: 'twice', message: 'is there twice' },
        ])
      }),
      runs,
    )
  },
)

test.for(formats)('whatever a hostile file of a $name holds, the answer is short, and it comes', format => {
  for (const count of [3, 100_000]) {
    for (const [name, json] of Object.entries(makeHostileMaps(count))) {
      const found = format.read(json)
      expect(found.length, name).toBeGreaterThan(0)
      expect(found.length, name).toBeLessThanOrEqual(1001)
      for (const { place, message } of found) {
        expect(place.length, name).toBeLessThan(1500)
        expect(message.length, name).toBeLessThan(400)
        expect(place + message, name).not.toMatch(/\p{Surrogate}/u)
      }
    }
  }
})

test.for(formats)(
  'a file of a $name with some characters changed is read or refused, never a fault',
  format => {
    const pieces = ['"', '\\', '{', '}', '[', ']', ',', ':', '0', 'e9', '-', 'null', '\u0000', '\ud83d', 'é']
    fc.assert(
      fc.property(
        makeFiles(format.shape),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...pieces)), { maxLength: 4 }),
        (file, changes) => {
          const json = changes.reduce((text, [at, gone, piece]) => {
            const index = at % text.length
            return text.slice(0, index) + piece + text.slice(index + gone)
          }, JSON.stringify(file))
          expect(() => format.read(json)).not.toThrow()
        },
      ),
      runs,
    )
  },
)

test('every example, and every map that the clinic draws, is a file that can be read', async () => {
  const folder = join(projectFolder, 'docs/examples')
  const examples = readdirSync(folder).filter(name => name.endsWith('.json'))
  expect(examples.length).toBeGreaterThan(2)
  for (const name of examples) {
    const format = formats.find(each => each.name === (name.includes('leaks') ? 'leaks' : 'map'))
    const json = readFileSync(join(folder, name), 'utf8')
    expect([name, format?.read(json), format?.fitsSchema(JSON.parse(json))]).toEqual([name, [], true])
  }
  const { entries } = await loadCatalogue()
  const stories = [knownPersonMap, strangerMap].map(
    ({ things }) => drawUpMap(inventoryOfStory(things), entries).map,
  )
  for (const map of [...stories, makeHousehold(1, 100)]) {
    // What is written is read as what it was.
    const read = readMap(JSON.stringify(map))
    expect(read.ok ? read.map : read.findings).toEqual(map)
  }
  for (let seed = 1; seed <= 20; seed += 1) {
    const { map } = drawUpMap(makeInventory(seed, 40, entries), entries)
    expect(fitsMap(JSON.parse(JSON.stringify(map))), JSON.stringify(fitsMap.errors?.[0])).toBe(true)
    // Whatever was told of whose a thing is: no rule and no evidence names a step that is not offered.
    const read = readMap(JSON.stringify(map))
    expect(read.ok ? [] : read.findings, `seed ${seed}`).toEqual([])
  }
})
