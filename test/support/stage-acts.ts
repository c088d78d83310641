import { withCase } from '../../src/audit/operations/access-case.ts'
import { askForException } from '../../src/cases/operations/ask-for-exception.ts'
import { caseParts } from '../../src/foundation/case-part.ts'
import type { CaseId, PersonId } from '../../src/foundation/ids.ts'
import { askForReturn } from '../../src/identity/operations/ask-for-link.ts'
import { listLinkRequests } from '../../src/identity/operations/list-link-requests.ts'
import type { Role } from '../../src/identity/role.ts'
import { sealName } from '../../src/platform/seal-name.ts'
import { newOnce } from '../../src/web/form.ts'
import { grantingGrounds } from './granting-grounds.ts'
import { linkAtMachine } from './joining.ts'
import { giveHours, moveIntoThePast } from './test-calendar.ts'
import { openTestCase } from './test-case.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'
import type { TestSite } from './test-site.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>

/** Everything set up for a weighty act, and the act itself: where its form goes and what stands in it. */
export type Stage = {
  readonly as: Role
  readonly address: string
  readonly fields?: Fields
  /** What the page before the act asks for. */
  readonly asked?: Fields
}

const day = (prefix: string, text: string): Fields => {
  const [year = '', month = '', date = ''] = text.split('-')
  return { [`${prefix}-day`]: date, [`${prefix}-month`]: month, [`${prefix}-year`]: year }
}
const hours = {
  weekdays: ['2'],
  hoursFrom: '9am',
  hoursUntil: '5pm',
  ...day('validFrom', '2026-03-02'),
}

/** Sets up each weighty act of the program, by its path, each time again. */
export function stageActs(world: TestClinic, site: TestSite): Readonly<Record<string, () => Promise<Stage>>> {
  let many = 0
  const sql = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row> =>
    asOwner(world.ownerUrl, async client => {
      const { rows } = await client.query<Row>(text, [...values])
      return rows[0] as Row
    })
  const someone = (role: Role, agency: 'lead' | 'cyber' = 'lead'): Promise<PersonId> => {
    many += 1
    return world.addPerson(role, agency, `Somebody Number${many}`)
  }
  const suspended = async (role: Role): Promise<PersonId> => {
    const personId = await someone(role)
    await sql("update unwatched.person set state = 'suspended' where person_id = $1", [personId])
    await sql(
      `insert into unwatched.credential (clinic_id, person_id, password_hash, enrolled_at) values ($1, $2, 'x', $3)`,
      [world.clinic.clinicId, personId, world.clock.now()],
    )
    return personId
  }
  /** Somebody of the cyber agency who joined before and has a new link. */
  const joinsAgain = async (): Promise<PersonId> => {
    const personId = await someone('cyber-adviser', 'cyber')
    await sql(
      `insert into unwatched.credential (clinic_id, person_id, password_hash, enrolled_at) values ($1, $2, 'x', $3)`,
      [world.clinic.clinicId, personId, world.clock.now()],
    )
    await linkAtMachine(world, personId)
    return personId
  }
  const referral = async (fields: Fields = {}): Promise<CaseId> => {
    const told = { words: 'Followed', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'yes' }
    const once = newOnce()
    await site.post('/calls/new', { ...told, ...fields, _once: once }, { as: 'call-handler' })
    const row = await sql<{ case_id: CaseId }>(
      'select case_id from unwatched.referral where form_token = $1',
      [once],
    )
    return row.case_id
  }
  const barOn = (caseId: CaseId, personId: PersonId): Promise<object> =>
    sql(
      `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at, made_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        world.clinic.clinicId,
        caseId,
        personId,
        sealName(
          world.clinic.key,
          { clinicId: world.clinic.clinicId, caseId, field: 'bar-reason' },
          'Knows them',
        ),
        world.clock.now(),
        world.people.coordinator,
      ],
    )
  const consentOf = async (caseId: CaseId, agency: 'lead' | 'police'): Promise<string> => {
    const row = await sql<{ consent_id: string }>(
      'select consent_id from unwatched.consent where case_id = $1 and agency_id = $2',
      [caseId, world.agencies[agency]],
    )
    return row.consent_id
  }
  let slot = 0
  const booked = async (): Promise<{ readonly path: string; readonly caseId: CaseId }> => {
    if (slot === 0) await giveHours(world)
    slot += 1
    const caseId = await openTestCase(world)
    const people = `cyber-adviser:${world.people['cyber-adviser']},stalking-advocate:${world.people['stalking-advocate']}`
    // One hour of one weekday each, from the first Monday on.
    const week = Math.floor(slot / 20)
    const date = new Date(Date.UTC(2026, 2, 9 + 7 * week + (slot % 5), 10 + (Math.floor(slot / 5) % 4)))
    const when = date.toISOString().replace('.000', '')
    const form = { abuse: 'no', slot: `${when} ${people}`, placeKind: 'room' }
    const { location } = await site.post(`/cases/${caseId}/appointments`, form, { as: 'coordinator' })
    if (!location) throw new Error('not booked')
    return { path: location, caseId }
  }
  const missed = async (): Promise<string> => {
    const { path } = await booked()
    await moveIntoThePast(world, path.split('/').at(-1) ?? '')
    await site.post(`${path}/attendance`, { attendance: 'did-not-attend' }, { as: 'coordinator' })
    return path
  }
  const order = async (): Promise<string> => {
    const caseId = await openTestCase(world)
    const { location, text } = await site.post(
      `/cases/${caseId}/orders/new`,
      {
        kind: 'spo',
        court: 'Fiction Court',
        made: 'on',
        ...day('madeOn', '2026-02-10'),
        endsHow: 'until-further-order',
        knew: 'not-known',
        service: 'served',
        ...day('servedOn', '2026-02-12'),
        servedTime: '2:30pm',
        templates: ['any-contact'],
      },
      { as: 'stalking-advocate' },
    )
    if (!location) throw new Error(text)
    return location
  }
  const hoursOf = async (personId: PersonId): Promise<string> => {
    await site.post(`/calendars/${personId}/hours`, hours, { as: 'coordinator' })
    const row = await sql<{ hours_id: string }>(
      'select hours_id from unwatched.working_hours where person_id = $1 and removed_at is null limit 1',
      [personId],
    )
    return row.hours_id
  }
  const end = { endHours: 'all', ...day('lastDay', '2026-04-01') }

  return {
    '/admin/people/:person/suspend': async () => ({
      as: 'administrator',
      address: `/admin/people/${await someone('idva')}/suspend`,
      asked: { because: 'left' },
    }),
    '/admin/people/:person/let-in': async () => ({
      as: 'administrator',
      address: `/admin/people/${await suspended('idva')}/let-in`,
      asked: { why: 'It was a mistake' },
    }),
    '/admin/people/:person/link': async () => ({
      as: 'administrator',
      address: `/admin/people/${await someone('idva')}/link`,
    }),
    '/admin/links/:request': async () => {
      const personId = await suspended('idva')
      const { database } = world.clinic
      await database.transaction(world.as('administrator'), each =>
        askForReturn(each, personId, 'It is over'),
      )
      const all = await database.transaction(world.as('coordinator'), listLinkRequests)
      const request = all.find(each => each.personId === personId)?.requestId
      return { as: 'coordinator', address: `/admin/links/${request}`, fields: { decision: 'approve' } }
    },
    '/admin/queue/:job/cancel': async () => {
      const job = await sql<{ id: string }>(
        'select id from graphile_worker.add_job($1, $2::json, max_attempts => 1)',
        [`review-due/${world.clinic.clinicId}`, JSON.stringify({ clinicId: world.clinic.clinicId })],
      )
      await sql('update graphile_worker._private_jobs set attempts = 1 where id = $1', [job.id])
      return { as: 'administrator', address: `/admin/queue/${job.id}/cancel` }
    },
    '/account/colleagues/:person/confirm': async () => ({
      as: 'cyber-adviser',
      address: `/account/colleagues/${await joinsAgain()}/confirm`,
    }),
    '/admin/sign-ins/:change/confirm': async () => {
      const personId = await someone('idva')
      const row = await sql<{ change_id: string }>(
        `insert into unwatched.credential_change (clinic_id, person_id, at, kind, waits_until)
         values ($1, $2, $3, 'set-up-again', $4) returning change_id`,
        [
          world.clinic.clinicId,
          personId,
          world.clock.now(),
          new Date(world.clock.now().getTime() + 86_400_000),
        ],
      )
      return { as: 'coordinator', address: `/admin/sign-ins/${row.change_id}/confirm` }
    },
    '/triage/:case/lift-bar': async () => {
      const person = await someone('idva')
      const caseId = await referral()
      await barOn(caseId, person)
      return {
        as: 'coordinator',
        address: `/triage/${caseId}/lift-bar`,
        fields: { person },
        asked: { reason: 'Another person' },
      }
    },
    '/triage/:case/not-ours': async () => ({
      as: 'coordinator',
      address: `/triage/${await referral()}/not-ours`,
      asked: { because: 'other-area' },
    }),
    '/triage/pile/clear': async () => {
      const caseId = await referral()
      await sql("update unwatched.referral set state = 'set-aside' where case_id = $1", [caseId])
      await sql(
        `insert into unwatched.public_form (clinic_id, case_id, at, source, network, set_aside, danger)
         values ($1, $2, $3, $4, $4, true, false)`,
        [world.clinic.clinicId, caseId, world.clock.now(), 'a'.repeat(64)],
      )
      return {
        as: 'coordinator',
        address: '/triage/pile/clear',
        fields: { form: [caseId] },
        asked: { reason: 'A flood' },
      }
    },
    '/triage/:case/open': async () => {
      const caseId = await referral()
      await site.post(
        `/triage/${caseId}`,
        { type: 'known-control', typeReasons: 'lived-together', judgement: 'routine' },
        { as: 'coordinator' },
      )
      return {
        as: 'coordinator',
        address: `/triage/${caseId}/open`,
        fields: { agency: 'lead', 'parts-lead': caseParts, how: 'in-writing' },
      }
    },
    '/cases/:case/close': async () => ({
      as: 'coordinator',
      address: `/cases/${await openTestCase(world)}/close`,
      asked: { outcome: 'contact-stopped' },
    }),
    '/cases/:case/consents': async () => ({
      as: 'coordinator',
      address: `/cases/${await openTestCase(world, { agencies: ['lead'] })}/consents`,
      fields: { agency: 'police', parts: ['overview'], how: 'in-writing' },
    }),
    '/cases/:case/consents/withdraw': async () => {
      const caseId = await openTestCase(world)
      return {
        as: 'coordinator',
        address: `/cases/${caseId}/consents/withdraw`,
        fields: { consent: await consentOf(caseId, 'police') },
      }
    },
    '/cases/:case/without-consent/decide': async () => {
      const caseId = await openTestCase(world, { agencies: ['lead'] })
      const other = await someone('coordinator')
      const actor = { kind: 'person', clinicId: world.clinic.clinicId, personId: other } as const
      const look = { caseId, part: 'consent', mode: 'write' } as const
      await withCase(world.clinic.database, actor, look, each =>
        askForException(
          each,
          other,
          caseId,
          {
            agencyId: world.agencies.police,
            parts: ['overview'],
            legalBasis: 'vital-interests',
            grounds: grantingGrounds('vital-interests'),
            reason: 'He has a knife',
            isTold: true,
            notToldBecause: '',
            until: new Date(world.clock.now().getTime() + 86_400_000),
          },
          null,
        ),
      )
      const row = await sql<{ request_id: string }>(
        'select request_id from unwatched.exception_request where case_id = $1',
        [caseId],
      )
      return {
        as: 'coordinator',
        address: `/cases/${caseId}/without-consent/decide`,
        fields: { request: row.request_id, verdict: 'approved', note: 'Necessary' },
      }
    },
    '/cases/:case/bars': async () => ({
      as: 'coordinator',
      address: `/cases/${await openTestCase(world)}/bars`,
      fields: { person: await someone('idva'), reason: 'Knows him' },
    }),
    '/cases/:case/bars/lift': async () => {
      const caseId = await openTestCase(world)
      const barred = await someone('idva')
      await barOn(caseId, barred)
      return {
        as: 'coordinator',
        address: `/cases/${caseId}/bars/lift`,
        fields: { barred, why: 'Another person' },
      }
    },
    '/cases/:case/contact/channels/:channel/gone': async () => {
      const contact = `/cases/${await openTestCase(world)}/contact`
      const as = 'stalking-advocate'
      await site.post(`${contact}/plan`, { wants: 'yes', voicemail: 'never' }, { as })
      const channel = { kind: 'phone', value: '07700 900456', safe: 'yes', mayRemind: 'no' }
      await site.post(`${contact}/channels/new`, channel, { as })
      return { as, address: `${contact}/channels/c1/gone` }
    },
    '/cases/:case/tasks/:task': async () => {
      const caseId = await openTestCase(world)
      const row = await sql<{ task_id: string }>(
        `insert into unwatched.task (clinic_id, task_id, case_id, kind, because, raised_at)
         values ($1, gen_random_uuid(), $2, 'review-due', 'by-date', $3) returning task_id`,
        [world.clinic.clinicId, caseId, world.clock.now()],
      )
      return {
        as: 'coordinator',
        address: `/cases/${caseId}/tasks/${row.task_id}`,
        asked: { note: 'Held it' },
      }
    },
    '/cases/:case/phrase': async () => {
      const address = `/cases/${await openTestCase(world)}/phrase`
      const fields = { check: 'code-words', agreed: 'yes' }
      await site.post(address, { ...fields, _once: newOnce() }, { as: 'coordinator' })
      return { as: 'coordinator', address, fields: { ...fields, _once: newOnce() } }
    },
    '/cases/:case/map/things/:thing/gone': async () => {
      const map = `/cases/${await openTestCase(world)}/map`
      await site.post(map, { entries: ['phone', 'car'] }, { as: 'cyber-adviser' })
      return { as: 'cyber-adviser', address: `${map}/things/t1/gone`, fields: { gone: 'yes' } }
    },
    '/cases/:case/map/leaks/days/:day/gone': async () => {
      const map = `/cases/${await openTestCase(world)}/map`
      await site.post(map, { entries: ['phone', 'car'] }, { as: 'cyber-adviser' })
      const knew = {
        knew: 'yes',
        what: 'He waited at the pond',
        ...day('on', '2026-02-01'),
        kind: 'location',
        situations: ['car'],
        guess: 'hardly',
      }
      await site.post(`${map}/leaks`, knew, { as: 'cyber-adviser' })
      return { as: 'cyber-adviser', address: `${map}/leaks/days/d1/gone`, fields: { gone: 'yes' } }
    },
    '/cases/:case/appointments/:appointment/cancel': async () => ({
      as: 'coordinator',
      address: `${(await booked()).path}/cancel`,
      asked: { reason: 'not-safe' },
    }),
    '/cases/:case/appointments/:appointment/follow-up': async () => ({
      as: 'coordinator',
      address: `${await missed()}/follow-up`,
      fields: { did: 'reached' },
      asked: { followUpNote: 'All is well' },
    }),
    '/cases/:case/appointments/:appointment/attendance': async () => ({
      as: 'coordinator',
      address: `${await missed()}/attendance`,
      fields: { attendance: 'attended' },
    }),
    '/my-calendar/end': async () => {
      await site.post('/my-calendar/hours', { ...hours, weekdays: ['6'] }, { as: 'idva' })
      return { as: 'idva', address: '/my-calendar/end', fields: end }
    },
    '/my-calendar/leave': async () => ({
      as: 'idva',
      address: '/my-calendar/leave',
      fields: { ...day('leaveFrom', '2026-05-05'), _once: newOnce() },
    }),
    '/my-calendar/remove': async () => {
      await site.post('/my-calendar/hours', { ...hours, weekdays: ['7'] }, { as: 'idva' })
      const row = await sql<{ hours_id: string }>(
        'select hours_id from unwatched.working_hours where person_id = $1 and weekday = 7 and removed_at is null',
        [world.people.idva],
      )
      return { as: 'idva', address: '/my-calendar/remove', fields: { kind: 'hours', id: row.hours_id } }
    },
    '/calendars/:person/end': async () => {
      const person = await someone('idva')
      await hoursOf(person)
      return { as: 'coordinator', address: `/calendars/${person}/end`, fields: end }
    },
    '/calendars/:person/leave': async () => ({
      as: 'coordinator',
      address: `/calendars/${await someone('idva')}/leave`,
      fields: { ...day('leaveFrom', '2026-05-05'), _once: newOnce() },
    }),
    '/calendars/:person/remove': async () => {
      const person = await someone('idva')
      const id = await hoursOf(person)
      return { as: 'coordinator', address: `/calendars/${person}/remove`, fields: { kind: 'hours', id } }
    },
    '/cases/:case/plan/close': async () => {
      const path = `/cases/${await openTestCase(world)}/plan`
      const dates = { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-08-02') }
      await site.post(path, { ...dates, safetyAtStart: '2' }, { as: 'idva' })
      return { as: 'idva', address: `${path}/close`, asked: { outcome: 'reduced', safetyAtEnd: '4' } }
    },
    '/cases/:case/orders/:order/terms/:term/end': async () => {
      const path = await order()
      const { text } = await site.get(path, { as: 'stalking-advocate' })
      const address = /action="([^"]+\/terms\/[^"]+\/end)"/.exec(text)?.[1] ?? ''
      return { as: 'stalking-advocate', address }
    },
    '/cases/:case/orders/:order/event': async () => {
      const path = await order()
      const { text } = await site.get(`${path}/event`, { as: 'stalking-advocate' })
      const seen = /name="seen" value="(\d+)"/.exec(text)?.[1] ?? ''
      return {
        as: 'stalking-advocate',
        address: `${path}/event`,
        fields: { event: 'discharged', ...day('on', '2026-03-01'), seen },
      }
    },
  }
}
