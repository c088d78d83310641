import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DumpedRow, dumpClinic } from '../../test/support/dump.ts'
import { aClinic, type Robbed } from '../../test/support/robbed-clinic.ts'

// Somebody who stole a dump, has no key, and knows half: the client's name, number and address, the hour of an appointment
// that is still to come, and forms of their own that they sent to the clinic under that name before they stole it.

const clinics: { readonly robbed: Robbed; readonly rows: readonly DumpedRow[] }[] = []
beforeAll(async () => {
  for (const seed of [11, 23]) {
    const robbed = await aClinic(seed)
    clinics.push({ robbed, rows: await dumpClinic(robbed.ownerUrl) })
  }
}, 120_000)
afterAll(async () => {
  for (const { robbed } of clinics) await robbed.close()
})

/** How likely a thief is right who picks one of those they like best, and knows nothing where they like none. */
function chanceOf<Key>(scores: ReadonlyMap<Key, number>, right: Key): number {
  const best = Math.max(0, ...scores.values())
  const liked = [...scores].filter(([, score]) => score === best).map(([key]) => key)
  return liked.includes(right) ? 1 / liked.length : 0
}

/** The mean over all targets of all clinics, and what it would be by chance. */
function meanOf(guess: (at: (typeof clinics)[number], target: number) => number | null): number {
  const all = clinics.flatMap(at =>
    at.robbed.victims.flatMap((_, target) => {
      const score = guess(at, target)
      return score === null ? [] : [score]
    }),
  )
  expect(all.length).toBeGreaterThan(7)
  return all.reduce((sum, each) => sum + each, 0) / all.length
}

const rowsOf = (rows: readonly DumpedRow[], caseId: string): readonly DumpedRow[] =>
  rows.filter(row => row.caseId === caseId)

/** The values by which rows can be joined: those that touch few cases, or few rows where they touch none. */
function findJoins(rows: readonly DumpedRow[]): ReadonlyMap<string, readonly DumpedRow[]> {
  const by = new Map<string, DumpedRow[]>()
  for (const row of rows) for (const value of row.values) by.set(value, [...(by.get(value) ?? []), row])
  const joins = new Map<string, readonly DumpedRow[]>()
  for (const [value, those] of by) {
    const cases = new Set(those.flatMap(row => (row.caseId ? [row.caseId] : [])))
    if (cases.size <= 3 && (cases.size > 0 || those.length <= 20)) joins.set(value, those)
  }
  return joins
}

/** Every row that hangs together with these by values in the open, in so many steps. */
function reach(
  rows: readonly DumpedRow[],
  from: readonly DumpedRow[],
  steps: number,
): ReadonlySet<DumpedRow> {
  const joins = findJoins(rows)
  let edge = [...from]
  const reached = new Set(from)
  for (let step = 0; step < steps; step += 1) {
    const next = edge.flatMap(row => [...row.values].flatMap(value => joins.get(value) ?? []))
    edge = [...new Set(next)].filter(row => !reached.has(row))
    for (const row of edge) reached.add(row)
  }
  return reached
}

const casesIn = (robbed: Robbed, reached: Iterable<DumpedRow>): ReadonlyMap<string, number> => {
  const scores = new Map(robbed.victims.map(victim => [victim.caseId as string, 0]))
  for (const { caseId } of reached)
    if (caseId && scores.has(caseId)) scores.set(caseId, (scores.get(caseId) ?? 0) + 1)
  return scores
}

/** Rows in which an hour stands, as a time, as its quarter, or as seconds. */
const standsIn = (row: DumpedRow, hour: Date): boolean =>
  row.text.includes(hour.toISOString().slice(0, 16)) ||
  [`${hour.getTime() / 900_000}`, `${hour.getTime() / 1000}`].some(shape => row.values.has(shape))

const seatsOf = (rows: readonly DumpedRow[]) => rows.filter(row => row.table === 'appointment_seat')

test('S8 with a form of their own under the client’s name a thief does not find the referral by anything that is the same in both', () => {
  const mean = meanOf(({ robbed, rows }, target) => {
    const { caseId, form } = robbed.victims[target] ?? { caseId: '', form: { caseId: '' } }
    return chanceOf(casesIn(robbed, reach(rows, rowsOf(rows, form.caseId), 1)), caseId)
  })
  expect(mean).toBeCloseTo(1 / 8, 9)
})

test('S8 nor by how long the two names, the client’s number and their address are where they lie sealed', () => {
  const known = ['referral client_name', 'referral suspect_name', 'case_file client_name', 'suspect name']
  const lengthsOf = (rows: readonly DumpedRow[], caseId: string): ReadonlyMap<string, number> =>
    new Map(
      rowsOf(rows, caseId).flatMap(row => {
        if (row.table === 'sealed_field')
          return [[`sealed_field ${row.data['kind']}`, `${row.data['sealed']}`.length]]
        return known.flatMap(name => {
          const [table, column = ''] = name.split(' ')
          return row.table === table ? [[name, `${row.data[column]}`.length] as const] : []
        })
      }) as [string, number][],
    )
  const mean = meanOf(({ robbed, rows }, target) => {
    const { caseId, form } = robbed.victims[target] ?? { caseId: '', form: { caseId: '' } }
    const own = lengthsOf(rows, form.caseId)
    expect(own.size).toBeGreaterThan(3)
    const scores = robbed.victims.map(victim => {
      const sought = lengthsOf(rows, victim.caseId)
      const own2 = [...own, ['case_file client_name', own.get('referral client_name') ?? 0] as const]
      return [
        victim.caseId as string,
        own2.filter(([field, length]) => sought.get(field) === length).length,
      ] as const
    })
    return chanceOf(new Map(scores), caseId)
  })
  expect(mean).toBeCloseTo(1 / 8, 9)
})

test('S8 nor by how many likenesses were found when the client was triaged after the thief’s form had been opened', () => {
  const mean = meanOf(({ robbed, rows }, target) => {
    const victim = robbed.victims[target]
    if (!victim?.form.isEarly) return null
    const scores = robbed.victims.map(({ caseId }) => {
      const [triage] = rowsOf(rows, caseId).filter(row => row.table === 'triage')
      return [caseId as string, JSON.stringify(triage?.data['conflicts'] ?? '').length] as const
    })
    return chanceOf(new Map(scores), victim.caseId)
  })
  expect(mean).toBeCloseTo(1 / 8, 9)
})

test('S8 before somebody opened it, a form leaves nothing that depends on a name', () => {
  for (const { robbed, rows } of clinics)
    for (const { form } of robbed.victims.filter(each => !each.form.isOpened)) {
      const tables = rowsOf(rows, form.caseId).map(row => row.table)
      expect(
        tables.filter(table => !['referral', 'file_key', 'sealed_field', 'act'].includes(table)),
      ).toEqual([])
      expect(tables.filter(table => table === 'act')).toHaveLength(1)
    }
})

test('S8 nor by nonsense typed from the client’s line for the words that they mistyped', () => {
  const at = (row: DumpedRow) => `${row.data['at'] ?? ''}`.slice(0, 19)
  const mean = meanOf(({ robbed, rows }, target) => {
    const { caseId = '', guessedAt = [] } = robbed.victims[target] ?? {}
    expect(guessedAt.length).toBeGreaterThan(0)
    const ofThief = new Set(guessedAt.map(each => each.toISOString().slice(0, 19)))
    const notActs = rows.filter(row => row.table !== 'act')
    const own = notActs.filter(row => ofThief.has(at(row)))
    expect(own.length, 'the thief’s guesses are counted').toBeGreaterThan(0)
    // whatever stands in a row of the thief's and in another one, and the instants of those
    const ofClinic = `${own[0]?.data['clinic_id']}`
    const shared = new Set(own.flatMap(row => [...row.values]).filter(value => value !== ofClinic))
    const alike = notActs.filter(
      row => !ofThief.has(at(row)) && [...row.values].some(value => shared.has(value)),
    )
    const instants = new Set(alike.map(at).filter(instant => instant !== ''))
    const acts = rows.filter(
      row => row.table === 'act' && row.data['verb'] === 'client-sign-in-refused' && instants.has(at(row)),
    )
    return chanceOf(casesIn(robbed, acts), caseId)
  })
  expect(mean).toBeLessThanOrEqual(1 / 8)
})

test('S8 with the hour of an appointment of the client’s a thief does not find the case by anything that hangs together with it', () => {
  const mean = meanOf(({ robbed, rows }, target) => {
    const { caseId, hours } = robbed.victims[target] ?? { caseId: '', hours: [] }
    const [hour = new Date(0)] = hours
    const from = rows.filter(row => standsIn(row, hour))
    expect(from.length, 'the diary keeps the hour').toBeGreaterThan(0)
    return chanceOf(casesIn(robbed, reach(rows, from, 3)), caseId)
  })
  expect(mean).toBeCloseTo(1 / 8, 9)
})

/** Which quarters begin an appointment, other than that of this hour. */
const othersOf = (rows: readonly DumpedRow[], hour: Date): readonly number[] => [
  ...new Set(
    seatsOf(rows)
      .filter(row => row.data['sealed'] !== null)
      .map(row => Number(row.data['quarter']))
      .filter(quarter => quarter !== hour.getTime() / 900_000),
  ),
]

test('S8 nor the next appointment, from that hour, nor even from the case', () => {
  for (const from of ['the hour', 'the case'] as const) {
    const mean = meanOf(({ robbed, rows }, target) => {
      const { caseId, hours } = robbed.victims[target] ?? { caseId: '', hours: [] }
      const [hour = new Date(0), next = new Date(0)] = hours
      const begin =
        from === 'the hour' ? seatsOf(rows).filter(row => standsIn(row, hour)) : rowsOf(rows, caseId)
      const scores = new Map(othersOf(rows, hour).map(quarter => [quarter, 0]))
      expect(scores.size).toBe(15)
      for (const row of reach(rows, begin, 3)) {
        for (const quarter of scores.keys())
          if (
            row.table === 'appointment_seat'
              ? row.data['quarter'] === quarter
              : standsIn(row, new Date(quarter * 900_000))
          )
            scores.set(quarter, (scores.get(quarter) ?? 0) + 1)
      }
      return chanceOf(scores, next.getTime() / 900_000)
    })
    expect(mean, from).toBeCloseTo(1 / 15, 9)
  }
})

test('S8 nor by the order in which appointments and what was done in the cases lie in the dump', () => {
  let [byActs, byRows, many] = [0, 0, 0]
  for (const { robbed, rows } of clinics) {
    const quarters = [
      ...new Set(
        seatsOf(rows)
          .filter(row => row.data['sealed'] !== null)
          .map(row => Number(row.data['quarter'])),
      ),
    ]
    const acts = rows.filter(row => row.table === 'act' && row.data['verb'] === 'appointment-booked')
    const kept = rows.filter(row => row.table === 'appointment')
    expect([acts.length, kept.length]).toEqual([quarters.length, quarters.length])
    for (const [index, quarter] of quarters.entries()) {
      const whose = robbed.victims.find(victim =>
        victim.hours.some(hour => hour.getTime() / 900_000 === quarter),
      )
      many += 1
      if (acts[index]?.caseId === whose?.caseId) byActs += 1
      if (kept[index]?.caseId === whose?.caseId) byRows += 1
    }
  }
  expect(many).toBe(32)
  // By chance four of 32; eighteen or more in one of ten million.
  expect(byActs).toBeLessThan(18)
  expect(byRows).toBeLessThan(18)
})

test('S8 nor by the reminders that wait in the queue', () => {
  const mean = meanOf(({ robbed, rows }, target) => {
    const { caseId, hours } = robbed.victims[target] ?? { caseId: '', hours: [] }
    const [job, ...others] = rows.filter(
      row => row.table === '_private_jobs' && row.caseId === caseId && row.text.includes('send-message'),
    )
    expect(job).toBeDefined()
    expect(others).toEqual([])
    // The thief takes the appointment that follows the reminder next. Each goes in its client's own safe hour, whenever they are expected.
    const sent = Date.parse(`${job?.data['run_at']}`)
    const starts = robbed.victims.flatMap(victim => victim.hours.map(each => each.getTime()))
    const next = Math.min(...starts.filter(start => start > sent))
    expect(next).toBeLessThan(Infinity)
    return hours.some(hour => hour.getTime() === next) ? 1 : 0
  })
  expect(mean).toBeLessThanOrEqual(1 / 8)
})
