import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Chance, makeChance } from '../../test/support/chance.ts'
import { addNamedFiles, makeNamedFiles } from '../../test/support/named-files.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { openBodyBytes } from '../platform/seal-body.ts'
import { keepNames } from './operations/keep-names.ts'

/**
 * The thief has a dump and no key, and knows the name of every client and every suspected person of two clinics but one pair:
 * one clinic has it, and the other has another in its place. They made a clinic of their own with the names of the first,
 * and look which of the two is like it, by everything that can be counted or measured of the blocks of names.
 */
type Pair = readonly [client: string, suspect: string]

const seeds = [3, 5, 8, 13]
let beside: TestClinic
const robbed: { readonly first: TestClinic; readonly second: TestClinic; readonly thiefs: TestClinic }[] = []
beforeAll(async () => {
  beside = await openTestClinic()
  for (const seed of seeds) {
    const chance = makeChance(seed)
    const known = Array.from(
      { length: 64 + chance.below(40) },
      (): Pair => [makeName(chance), makeName(chance)],
    )
    const [sought, other] = [
      ['Io Ax', 'Bo Ox'],
      ['Wilhelmina Alexandra Fenwick Fictional', 'Bartholomew Montgomery Quillfeather'],
    ] as const
    const open = async (number: number, pair: Pair): Promise<TestClinic> => {
      const clinic = await openTestClinic('2026-03-02T10:00:00Z', { beside, slug: `of-${seed}-${number}` })
      await addNamedFiles(clinic.ownerUrl, clinic.clinic, makeNamedFiles([...known, pair]))
      await keepNames(clinic.clinic, false)
      return clinic
    }
    robbed.push({ first: await open(1, sought), second: await open(2, other), thiefs: await open(3, sought) })
  }
}, 120_000)
afterAll(async () => {
  for (const each of robbed) for (const clinic of Object.values(each)) await clinic.close()
  await beside.close()
})

const syllables = 'ab er in os ul mar tel fen qui dor'.split(' ')
function makeName(chance: Chance): string {
  const word = () => Array.from({ length: 1 + chance.below(4) }, () => chance.pick(syllables)).join('')
  return Array.from({ length: 1 + chance.below(3) }, word).join(' ')
}

type Row = Readonly<Record<string, unknown>>
const tables = ['name_block', 'name_root', 'name_change'] as const

const rowsOf = ({ ownerUrl, clinic }: TestClinic, table: (typeof tables)[number]): Promise<readonly Row[]> =>
  asOwner(ownerUrl, async client => {
    const found = await client.query(`select * from unwatched.${table} where clinic_id = $1`, [
      clinic.clinicId,
    ])
    return found.rows
  })

/** How many rows each table has, how long each sealed value is, and how many blocks each generation. */
async function measure(clinic: TestClinic): Promise<readonly (readonly [string, readonly number[]])[]> {
  const measures: (readonly [string, readonly number[]])[] = []
  for (const table of tables) {
    const rows = await rowsOf(clinic, table)
    measures.push([`rows of ${table}`, [rows.length]])
    for (const column of ['body', 'sealed'])
      measures.push([
        `lengths of ${table}.${column}`,
        rows.flatMap(row => (row[column] instanceof Buffer ? [row[column].length] : [])).sort(),
      ])
    const generations = [...new Set(rows.map(row => row['generation']))]
    const blocksOf = (generation: unknown) => rows.filter(row => row['generation'] === generation).length
    measures.push([`rows of the generations of ${table}`, generations.map(blocksOf).sort()])
  }
  return measures
}

test('S8 a thief who knows every other name does not learn from the blocks whether a name is there', async () => {
  for (const { first, second, thiefs } of robbed) {
    const known = await measure(thiefs)
    expect(await measure(first)).toEqual(known)
    expect(await measure(second)).toEqual(known)
    // Nor is any of it the same in two clinics of the same names.
    const bodies = new Set((await rowsOf(thiefs, 'name_block')).map(row => `${row['body']}`))
    expect(bodies.size).toBeGreaterThan(15)
    for (const row of await rowsOf(first, 'name_block')) expect(bodies.has(`${row['body']}`)).toBe(false)
  }
})

/** How many bytes of each block say something: what the holder of the key takes out of it again. */
async function findLengths(clinic: TestClinic): Promise<string> {
  const { clinicId, key } = clinic.clinic
  const lengths = (await rowsOf(clinic, 'name_block')).flatMap(({ generation, number, body }) => {
    try {
      const place = { clinicId, kind: 'name-block', id: `${generation} ${number}` }
      return [[Number(number), openBodyBytes(key, place, body as Buffer).readUInt32LE(1)] as const]
    } catch {
      return [] // what fills a generation up
    }
  })
  return JSON.stringify(lengths.sort(([one], [other]) => one - other))
}

test('the thief would know it once blocks were as long as what is in them', async () => {
  for (const { first, second, thiefs } of robbed) {
    expect(await findLengths(first)).toBe(await findLengths(thiefs))
    expect(await findLengths(second)).not.toBe(await findLengths(thiefs))
  }
})
