import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addNamedFiles, makeNamedFiles, type NamedFile } from '../../../test/support/named-files.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { toldReferral } from '../../../test/support/told-referral.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { openBodyBytes } from '../../platform/seal-body.ts'
import { sealEvenNothing } from '../../platform/seal-name.ts'
import { type Conflict, findConflicts, makeNameSieve, type NameCandidate } from '../conflict.ts'
import { mostChanges } from '../name-root.ts'
import { decideNotOurs } from './decide-not-ours.ts'
import { keepNames } from './keep-names.ts'
import { readReferral } from './read-referral.ts'
import { receiveReferral } from './receive-referral.ts'

type Pair = readonly [client: string, suspect: string]

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const owner = (text: string, values: readonly unknown[] = []) =>
  asOwner(world.ownerUrl, client => client.query(text, [...values]))

/** Short words of few letters, so that many names are near each other. */
const word = fc.string({ unit: fc.constantFrom(...'abnoé'), minLength: 1, maxLength: 6 })
const name = fc.array(word, { maxLength: 3 }).map(words => words.join(' '))
const makePairs = (count: number, seed: number): readonly Pair[] =>
  fc.sample(fc.tuple(name, name), { numRuns: count, seed })

/** The names that the clinic's files hold, as the tests know them. */
const files = new Map<CaseId, Pair>()
const add = async (
  pairs: readonly Pair[],
  isMatched?: (index: number) => boolean,
): Promise<readonly NamedFile[]> => {
  const made = makeNamedFiles(pairs, isMatched)
  await addNamedFiles(world.ownerUrl, world.clinic, made)
  for (const { caseId, client, suspect, isMatched } of made)
    if (isMatched) files.set(caseId, [client, suspect])
  return made
}

async function rename(caseId: CaseId, pair: Pair): Promise<void> {
  const { clinicId, key } = world.clinic
  const seal = (field: string, text: string) => sealEvenNothing(key, { clinicId, caseId, field }, text)
  await owner('update unwatched.referral set client_name = $2, suspect_name = $3 where case_id = $1', [
    caseId,
    seal('client-name', pair[0]),
    seal('suspect-name', pair[1]),
  ])
  files.set(caseId, pair)
}

let forms = 0
/** A call about these two, by whom the check asks; it is a file of the clinic from then on. */
async function call([clientName, suspectName]: Pair): Promise<CaseId> {
  const answers = toldReferral({ clientName, suspectName })
  const { reference } = await receiveReferral(
    world.clinic,
    world.as('coordinator'),
    answers,
    `call-${forms++}-of-this-test`,
  )
  const found = await owner('select case_id from unwatched.referral where reference = $1', [reference])
  const caseId: CaseId = found.rows[0].case_id
  files.set(caseId, [clientName, suspectName])
  return caseId
}

const sayAll = (conflicts: readonly Conflict[]): readonly string[] =>
  conflicts
    .filter(each => each.kind !== 'staff')
    .map(({ like, kind, caseId, likeness, name: found }) => `${like} ${kind} ${caseId} ${likeness} ${found}`)

const check = (caseId: CaseId): Promise<readonly string[]> =>
  world.clinic.database.transaction(world.as('coordinator'), async transaction =>
    sayAll((await readReferral(transaction, caseId))?.conflicts ?? []),
  )

/** What a comparison with every name finds, in its order. */
function compareWithEvery(caseId: CaseId): readonly string[] {
  const [client, suspect] = files.get(caseId) ?? ['', '']
  const isNear = makeNameSieve([client, suspect])
  const candidates = [...files]
    .filter(([other]) => other !== caseId)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([other, names]) =>
      (['client', 'suspect'] as const).map(
        (kind, index): NameCandidate => ({ kind, caseId: other, personId: null, name: names[index] ?? '' }),
      ),
    )
  return sayAll(
    findConflicts(
      { client, suspect },
      candidates.filter(each => isNear(each.name)),
    ),
  )
}

const generations = async (): Promise<readonly number[]> =>
  (
    await owner(
      'select count(*)::integer as blocks from unwatched.name_block where clinic_id = $1 group by generation',
      [world.clinic.clinicId],
    )
  ).rows.map(row => row.blocks)

const waiting = async (): Promise<number> =>
  (await owner('select 1 from unwatched.name_change where clinic_id = $1', [world.clinic.clinicId]))
    .rowCount ?? 0

/** All that the blocks of this clinic hold, opened. */
async function readBlocks(): Promise<string> {
  const { clinicId, key } = world.clinic
  const { rows } = await owner(
    'select generation, number, body from unwatched.name_block where clinic_id = $1',
    [clinicId],
  )
  return rows
    .map(({ generation, number, body }) => {
      try {
        const place = { clinicId, kind: 'name-block', id: `${generation} ${number}` }
        return openBodyBytes(key, place, body).toString('utf8')
      } catch {
        return '' // what fills a generation up
      }
    })
    .join('\n')
}

test('the check finds what a comparison with every name finds: before names are kept, after, and after they were changed', async () => {
  const made = await add(makePairs(1300, 37), index => index % 10 !== 0)
  const asked = await Promise.all(makePairs(5, 73).map(call))
  let many = 0
  const agree = async (): Promise<void> => {
    for (const caseId of asked) {
      const right = compareWithEvery(caseId)
      expect(await check(caseId)).toEqual(right)
      many += right.length
    }
  }
  await agree()
  expect(await keepNames(world.clinic, false)).toBe('done')
  expect(await waiting()).toBe(0)
  await agree()
  // Some are changed, some lose their names, some come, and a form is opened; then all that is taken in.
  const [renamed, cleared, opened] = [made.slice(1, 8), made.slice(11, 18), made[20]]
  for (const [index, pair] of makePairs(7, 11).entries())
    await rename(renamed[index]?.caseId ?? made[1]!.caseId, pair)
  for (const { caseId } of cleared) {
    await owner("update unwatched.referral set client_name = '', suspect_name = '' where case_id = $1", [
      caseId,
    ])
    files.delete(caseId)
  }
  await owner('update unwatched.referral set is_matched = true where case_id = $1', [opened?.caseId])
  if (opened) files.set(opened.caseId, [opened.client, opened.suspect])
  await add(makePairs(20, 12))
  await agree()
  await keepNames(world.clinic, false)
  expect(await waiting()).toBe(0)
  await agree()
  // Many small ones come: there are never many generations, each a power of two of blocks.
  for (let round = 0; round < 6; round += 1) {
    await add(makePairs(70, 100 + round))
    await keepNames(world.clinic, false)
  }
  await agree()
  const blocks = await generations()
  expect(blocks.length).toBeLessThan(5)
  expect(blocks.filter(each => Math.log2(each) % 1 !== 0)).toEqual([])
  // And again from the referrals.
  await keepNames(world.clinic, true)
  await agree()
  expect(many).toBeGreaterThan(100)
}, 120_000)

test('S8 of a referral that is not ours no word of a name stays in the blocks', async () => {
  const caseId = await call(['Zebulonia Quillfeather', 'Xanthos Vandermeersch'])
  // So many that nothing would be written again for the sake of a few.
  await add(makePairs(300, 200))
  await keepNames(world.clinic, false)
  expect(await readBlocks()).toMatch(/quillfeather/)
  await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    decideNotOurs(transaction, caseId, ['other-area'], ''),
  )
  files.delete(caseId)
  const asked = await owner(
    "select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier like 'keep-names/%'",
  )
  expect(asked.rowCount).toBeGreaterThan(0)
  await keepNames(world.clinic, false)
  expect(await readBlocks()).not.toMatch(/quill|ebuloni|anthos|vandermeersch|ndermeersch/)
})

test('two who take names in at once, while others come and are checked, lose none', async () => {
  const asked = await Promise.all(makePairs(3, 300).map(call))
  await add(makePairs(80, 301))
  const right = asked.map(compareWithEvery)
  // Names like none of these come and go meanwhile.
  const others = Array.from(
    { length: 8 },
    (_, index): Pair => [`Marigold${index} Fenwick`, `Osbert${index} Crane`],
  )
  let isWriting = true
  let seen = 0
  const look = async (index: number): Promise<void> => {
    for (; isWriting; seen += 1) expect(await check(asked[index] ?? asked[0]!)).toEqual(right[index])
  }
  const write = async (): Promise<void> => {
    // Two at once; what was kept is forgotten now and then, and is compared one by one until it is taken in again.
    for (const again of [false, true, true, false])
      await Promise.all([keepNames(world.clinic, again), keepNames(world.clinic, false)])
  }
  const come = async (pair: Pair): Promise<void> => {
    const caseId = await call(pair)
    await world.clinic.database.transaction(world.as('coordinator'), transaction =>
      decideNotOurs(transaction, caseId, ['other-area'], ''),
    )
    files.delete(caseId)
  }
  const written = Promise.all([write(), ...others.map(come)]).finally(() => {
    isWriting = false
  })
  await Promise.all([written, ...asked.map((_, index) => look(index))])
  expect(seen).toBeGreaterThan(5)
  await keepNames(world.clinic, false)
  expect(asked.map(compareWithEvery)).toEqual(right)
  for (const [index, caseId] of asked.entries()) expect(await check(caseId)).toEqual(right[index])
  expect(await readBlocks()).not.toMatch(/fenwick/)
})

test('a name that is changed while the older one is taken in is not taken for kept', async () => {
  const caseId = await call(['Araminta Thistlewood', 'Ninian Holloway'])
  await add(makePairs(70, 400))
  const asked = await call(['Peregrine Underhill', 'Lettice Wainwright'])
  let isChanged = false
  // After the blocks were written, before they are named.
  await keepNames(
    interrupted(async number => {
      if (number !== 4 || isChanged) return
      isChanged = true
      await rename(caseId, ['Peregrine Underhill', 'Lettice Wainwright'])
    }),
    false,
  )
  expect(isChanged).toBe(true)
  expect(await check(asked)).toEqual(compareWithEvery(asked))
  expect((await check(asked)).filter(line => line.includes(caseId))).toHaveLength(2)
  await rename(caseId, ['', ''])
  await keepNames(world.clinic, false)
  expect((await check(asked)).filter(line => line.includes(caseId))).toEqual([])
})

/** The same clinic, where something is done before each transaction of the work: it is told the number of each. */
function interrupted(before: (number: number) => Promise<void>): Clinic {
  let number = 0
  const { database } = world.clinic
  const transaction: typeof database.transaction = async (actor, work) => {
    number += 1
    await before(number)
    return database.transaction(actor, work)
  }
  return { ...world.clinic, database: { ...database, transaction } }
}

test('work that ends in the middle loses no name, and the next clears what it left', async () => {
  const asked = await call(['Thomasina Greenaway', 'Balthazar Merryweather'])
  const other = await call(['Balthazar Merryweather', 'Cuthbert Longbottom'])
  for (let at = 2; at <= 5; at += 1) {
    await add(makePairs(70, 500 + at))
    const ended = keepNames(
      interrupted(async number => {
        if (number === at) throw new Error('killed')
      }),
      false,
    )
    await expect(ended, `${at}`).rejects.toThrow('killed')
    expect(await check(asked), `${at}`).toEqual(compareWithEvery(asked))
    expect((await check(asked)).filter(line => line.includes(other))).toHaveLength(1)
  }
  await keepNames(world.clinic, false)
  expect(await waiting()).toBe(0)
  expect(await check(asked)).toEqual(compareWithEvery(asked))
  const before = (await generations()).length
  await keepNames(world.clinic, false)
  expect((await generations()).length).toBe(before)
})

const harms: Readonly<Record<string, string>> = {
  'a block is altered':
    'update unwatched.name_block set body = set_byte(body, 99, get_byte(body, 99) # 1) where clinic_id = $1',
  'blocks change places': `update unwatched.name_block b set body = o.body from unwatched.name_block o
    where b.clinic_id = $1 and o.clinic_id = $1 and o.generation = b.generation and o.number = b.number # 1 and b.number > 1`,
  'a generation is taken away': 'delete from unwatched.name_block where clinic_id = $1',
  'the root is altered':
    'update unwatched.name_root set sealed = set_byte(sealed, 99, get_byte(sealed, 99) # 1) where clinic_id = $1',
}

test.each(Object.keys(harms))(
  'S8 where %s every file is compared, and the blocks are written again',
  async harm => {
    await add(makePairs(70, 600))
    await keepNames(world.clinic, false)
    const asked = await call(makePairs(1, 601)[0] ?? ['', ''])
    await owner('delete from graphile_worker._private_jobs')
    await owner(harms[harm] ?? '', [world.clinic.clinicId])
    expect(await check(asked)).toEqual(compareWithEvery(asked))
    const { rows } = await owner('select payload from graphile_worker._private_jobs')
    expect(rows.map(row => row.payload.again)).toEqual(['yes'])
    await keepNames(world.clinic, true)
    expect(await check(asked)).toEqual(compareWithEvery(asked))
    // A rest of so few is compared one by one.
    expect(await waiting()).toBeLessThan(mostChanges)
  },
)

test('S8 older names put in place of the newest are found out when names are next taken in', async () => {
  await add(makePairs(70, 700))
  await keepNames(world.clinic, false)
  const { clinicId } = world.clinic
  const root = await owner('select sealed from unwatched.name_root where clinic_id = $1', [clinicId])
  const blocks = await owner('select * from unwatched.name_block where clinic_id = $1', [clinicId])
  await add([...makePairs(70, 701), ['Euphemia Nightingale', 'Lysander Applegarth']])
  await keepNames(world.clinic, false)
  await owner('update unwatched.name_root set sealed = $2 where clinic_id = $1', [
    clinicId,
    root.rows[0].sealed,
  ])
  await owner('delete from unwatched.name_block where clinic_id = $1', [clinicId])
  for (const { generation, number, body } of blocks.rows)
    await owner('insert into unwatched.name_block values ($1, $2, $3, $4)', [
      clinicId,
      generation,
      number,
      body,
    ])
  await keepNames(world.clinic, false)
  const asked = await call(['Euphemia Nightingale', 'Lysander Applegarth'])
  expect(await check(asked)).toEqual(compareWithEvery(asked))
  expect((await check(asked)).length).toBeGreaterThan(1)
})

test('S5 two clinics in one database know nothing of each other’s names', async () => {
  const beside = await openTestClinic('2026-03-02T10:00:00Z', {
    beside: world,
    slug: 'beside',
    key: world.clinic.key,
  })
  try {
    const twins = Array.from({ length: 70 }, (): Pair => ['Philippa Ravenscroft', 'Septimus Dunstable'])
    await addNamedFiles(world.ownerUrl, beside.clinic, makeNamedFiles(twins))
    await keepNames(beside.clinic, false)
    const asked = await call(['Philippa Ravenscroft', 'Septimus Dunstable'])
    await keepNames(world.clinic, false)
    expect(await check(asked)).toEqual([])
    // Nor by the other's blocks in place of its own, even under one key.
    await owner('delete from unwatched.name_root where clinic_id = $1', [world.clinic.clinicId])
    await owner('delete from unwatched.name_block where clinic_id = $1', [world.clinic.clinicId])
    await owner(
      'insert into unwatched.name_root select $1, sealed from unwatched.name_root where clinic_id = $2',
      [world.clinic.clinicId, beside.clinic.clinicId],
    )
    await owner(
      `insert into unwatched.name_block select $1, generation, number, body from unwatched.name_block where clinic_id = $2`,
      [world.clinic.clinicId, beside.clinic.clinicId],
    )
    expect(await check(asked)).toEqual(compareWithEvery(asked))
    await keepNames(world.clinic, true)
    expect(await check(asked)).toEqual(compareWithEvery(asked))
  } finally {
    await beside.close()
  }
})

test('S5 blocks of names are given to a coordinator for a referral in their sight, and to nobody else', async () => {
  const asked = await call(['Araminta Thistlewood', 'Ninian Holloway'])
  await add(makePairs(70, 800))
  await keepNames(world.clinic, false)
  const { rows } = await owner(
    'select generation, number from unwatched.name_block where clinic_id = $1 limit 3',
    [world.clinic.clinicId],
  )
  const [place] = rows
  const other = [...files.keys()].find(each => each !== asked)
  const ask = (transaction: Transaction) => async (query: ReturnType<typeof sql>) =>
    (await query.execute(transaction.tables())).rows.length
  const seen = (actor: Parameters<Clinic['database']['transaction']>[0], of: CaseId) =>
    world.clinic.database.transaction(actor, async transaction => {
      const count = ask(transaction)
      return [
        await count(sql`select from unwatched.name_roots(${of}, '00000000-0000-0000-0000-000000000000', 10)`),
        await count(
          sql`select from unwatched.name_blocks(${of}, array[${place.generation}]::uuid[], array[${place.number}]::integer[])`,
        ),
        await count(sql`select from unwatched.names_of_files(${of}, array[${other}]::uuid[])`),
        await count(sql`select from unwatched.name_block`),
        await count(sql`select from unwatched.name_root`),
        await count(sql`select from unwatched.name_change`),
      ].map(each => each > 0)
    })
  expect(await seen(world.as('coordinator'), asked)).toEqual([true, true, true, false, false, false])
  const nothing = [false, false, false, false, false, false]
  for (const role of ['call-handler', 'manager', 'idva', 'administrator'] as const)
    expect(await seen(world.as(role), asked), role).toEqual(nothing)
  for (const task of ['public-form', 'job-read-item', 'sign-in'] as const)
    expect(await seen(world.task(task), asked), task).toEqual(nothing)
  // A coordinator who is barred from the referral, and one whose referral is a case by now.
  await owner(
    `insert into unwatched.bar (clinic_id, case_id, person_id, made_at, reason) values ($1, $2, $3, now(), '')`,
    [world.clinic.clinicId, asked, world.people.coordinator],
  )
  expect(await seen(world.as('coordinator'), asked)).toEqual(nothing)
  const third = await call(['Someone Else', ''])
  await owner("update unwatched.referral set state = 'opened' where case_id = $1", [third])
  expect(await seen(world.as('coordinator'), third)).toEqual(nothing)
})
