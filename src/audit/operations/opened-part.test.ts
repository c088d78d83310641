import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { type CaseMode, caseParts } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Actor } from '../../platform/database.ts'
import { openCase } from './open-case.ts'

let world: TestClinic
let cases: readonly CaseId[]
beforeAll(async () => {
  world = await openTestClinic()
  cases = [await openTestCase(world), await openTestCase(world, { agencies: ['lead', 'police'] })]
})
afterAll(() => world.close())

const modes: readonly CaseMode[] = ['read', 'write']
const look = fc.record({
  which: fc.nat(1),
  part: fc.constantFrom(...caseParts),
  mode: fc.constantFrom(...modes),
})

test('S5 whatever is opened in a transaction, exactly the parts that were opened can be read, and written only if so', async () => {
  const actors: readonly Actor[] = [
    world.as('coordinator'),
    world.as('cyber-adviser'),
    world.as('stalking-advocate'),
    world.as('idva'),
    world.as('police-liaison'),
    world.as('manager'),
    world.task('job-read-item'),
    world.task('public-form'),
  ]
  let opened = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...actors), fc.array(look, { maxLength: 5 }), async (actor, looks) => {
      await world.clinic.database.transaction(actor, async transaction => {
        const expected = new Set<string>()
        for (const { which, part, mode } of looks) {
          const caseId = cases[which]
          if (!caseId || !(await openCase(transaction, { caseId, part, mode }))) continue
          opened += 1
          for (const covered of mode === 'write' ? modes : [mode])
            expected.add(`${caseId} ${part} ${covered}`)
        }
        const found = await sql<{ line: string }>`
          select c || ' ' || part || ' ' || mode as line
          from unnest(${[...caseParts]}::text[]) part, unnest(${[...modes]}::text[]) mode,
               unwatched.opened_cases(part, mode) c`.execute(transaction.tables())
        expect(found.rows.map(row => row.line).sort()).toEqual([...expected].sort())
      })
    }),
    { numRuns: 60 },
  )
  expect(opened).toBeGreaterThan(20)
})

test('S5 a case that was opened for its overview gives up none of its tables', async () => {
  const tables: Readonly<Record<string, string>> = {
    jewel: 'contact',
    consent: 'consent',
    referral: 'referral',
    suspect: 'chronology',
  }
  await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    const [caseId] = cases
    if (!caseId) throw new Error('no case')
    const count = async (table: string): Promise<number> => {
      const found = await sql<{ n: number }>`
        select count(*)::int as n from unwatched.${sql.raw(table)} where case_id = ${caseId}`.execute(
        transaction.tables(),
      )
      return found.rows[0]?.n ?? 0
    }
    await openCase(transaction, { caseId, part: 'overview', mode: 'read' })
    for (const table of Object.keys(tables)) expect(await count(table), table).toBe(0)
    await openCase(transaction, { caseId, part: 'consent', mode: 'read' })
    expect(await count('consent')).toBe(4)
    expect(await count('referral')).toBe(0)
  })
})
