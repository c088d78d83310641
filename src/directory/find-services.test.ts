import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  digestOfEntry,
  findServices,
  listServicesToCheck,
  parseNeeds,
  type ServiceCheck,
  weighService,
} from './find-services.ts'
import { needs, parseProfile, type Service } from './profile.ts'

const parsed = parseProfile(JSON.parse(readFileSync('profiles/west-kent.json', 'utf8')))
if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
const { services } = parsed.profile
const zone = 'Europe/London'
// A Wednesday evening, on which the stalking helpline is open, and a night on which it is not.
const evening = new Date('2026-11-25T19:00:00Z')
const night = new Date('2026-11-25T23:30:00Z')
const worldAt = (now: Date, checks: readonly ServiceCheck[] = []) => ({ services, checks, now, zone })
const namesAt = (now: Date, asked: Parameters<typeof findServices>[1]) =>
  findServices(worldAt(now), asked).map(({ service }) => service.name)
const plain: Service = {
  name: 'A helpline',
  for: ['stalking'],
  says: 'They help.',
  number: '01632 960001',
  source: 'their page',
  checker: 'A coordinator',
  lastChecked: null,
}
const check = (service: Service, at: string, finding: 'right' | 'wrong'): ServiceCheck => ({
  service: service.name,
  entry: digestOfEntry(service),
  at: new Date(at),
  byName: 'Cora Fiction',
  method: 'telephone',
  finding,
  note: '',
})

test('whatever somebody needs, at whatever hour, there is at least one service to name: never a dead end', () => {
  for (const now of [evening, night])
    for (const need of needs) expect([need, namesAt(now, [need]).length > 0]).toEqual([need, true])
  expect(namesAt(night, []).length).toBeGreaterThan(0)
})

test('danger comes first, with what a silent call does and does not do, and a service for people who are deaf', () => {
  const [first] = findServices(worldAt(night), ['other-area', 'danger-now'])
  expect(first?.service.number).toBe('999')
  expect(first?.service.says).toContain('55')
  expect(first?.service.says).toContain('does not tell them where you are')
  expect(first?.service.says).toContain('999 BSL')
})

test('a service that fits two needs is named once', () => {
  const names = namesAt(evening, ['stalking', 'other-area'])
  expect(new Set(names).size).toBe(names.length)
})

test('the stalking helpline comes first on its evenings, and after those who answer when it is shut', () => {
  expect(namesAt(evening, ['stalking'])[0]).toBe('National Stalking Helpline')
  expect(namesAt(night, ['stalking']).at(-1)).toBe('National Stalking Helpline')
})

test('at night the list for domestic abuse begins with numbers that answer, a Kent one among them', () => {
  const open = findServices(worldAt(night), ['domestic-abuse']).filter(
    ({ openness }) => openness.kind === 'always',
  )
  expect(open.map(({ service }) => service.name)).toContain('Victim Support, Kent')
  expect(findServices(worldAt(night), ['domestic-abuse']).slice(0, open.length)).toEqual(open)
})

test('at every minute of a week, across both changes of the clocks: emergencies, then open, then unknown, then closed', () => {
  const order = { always: 1, open: 1, unknown: 2, closed: 3 } as const
  const starts = [Date.UTC(2026, 2, 26), Date.UTC(2026, 9, 22)]
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.integer({ min: 0, max: 7 * 1440 }),
      fc.subarray([...needs]),
      (start, minutes, asked) => {
        const found = findServices(worldAt(new Date(start + minutes * 60_000)), asked)
        const ranks = found.map(({ service, openness }) =>
          service.for.includes('danger-now') ? 0 : order[openness.kind],
        )
        expect(ranks).toEqual([...ranks].sort((one, other) => one - other))
        const everything = new Set(services.filter(each => each.for.some(need => asked.includes(need))))
        if (asked.length > 0) expect(new Set(found.map(({ service }) => service))).toEqual(everything)
      },
    ),
    { numRuns: 500 },
  )
})

test('no entry that ships says it was checked: nobody here rang', () => {
  for (const found of listServicesToCheck(worldAt(evening))) {
    expect(found.status).toBe('unchecked')
    expect(found.service.checker).not.toBe('')
  }
})

test('a check holds for half a year, and no longer when the entry is changed', () => {
  const checks = [check(plain, '2026-01-01T09:00:00Z', 'right')]
  const status = (day: string, service = plain) =>
    weighService(service, { checks, now: new Date(`${day}T12:00:00Z`), zone }).status
  expect(status('2026-06-30')).toBe('checked')
  expect(status('2026-07-01')).toBe('unchecked')
  expect(status('2026-01-02', { ...plain, number: '01632 960002' })).toBe('unchecked')
  expect(status('2026-01-02', { ...plain, open: 'always' })).toBe('unchecked')
})

test('an entry found wrong comes last, though open, until it is found right again or changed', () => {
  const other = { ...plain, name: 'Another', open: 'always' as const }
  const closed = {
    weekly: [{ days: ['sunday' as const], from: '09:00', until: '10:00' }],
    bankHolidays: 'closed' as const,
  }
  const shut = { ...plain, name: 'Shut', open: closed }
  const wrong = check(other, '2026-11-20T09:00:00Z', 'wrong')
  const named = (checks: readonly ServiceCheck[]) =>
    findServices({ services: [other, plain, shut], checks, now: evening, zone }, ['stalking']).map(
      ({ service, status }) => [service.name, status],
    )
  expect(named([wrong])).toEqual([
    ['A helpline', 'unchecked'],
    ['Shut', 'unchecked'],
    ['Another', 'wrong'],
  ])
  expect(named([wrong, check(other, '2026-11-21T09:00:00Z', 'right')])[0]).toEqual(['Another', 'checked'])
  expect(named([check(other, '2026-11-19T09:00:00Z', 'right'), wrong]).at(-1)).toEqual(['Another', 'wrong'])
})

test('codes in an address that mean nothing are left out', () => {
  expect(parseNeeds('under-age,<script>,other-area')).toEqual(['under-age', 'other-area'])
})
