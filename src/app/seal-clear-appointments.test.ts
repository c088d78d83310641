import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner } from '../../test/support/test-clinic.ts'
import { listAppointments } from '../appointments/operations/list-appointments.ts'
import { loadAppointment, showPlace } from '../appointments/operations/load-appointment.ts'
import { loadDiary } from '../appointments/operations/load-diary.ts'
import { moveAppointment } from '../appointments/operations/move-appointment.ts'
import { withCase } from '../audit/operations/access-case.ts'
import { listTrail } from '../audit/operations/list-trail.ts'
import { listMessages } from '../contact/operations/list-verdicts.ts'
import { caseParts } from '../foundation/case-part.ts'
import {
  type AgencyId,
  type AppointmentId,
  type CaseId,
  type ClinicId,
  type MessageId,
  makeId,
  type PersonId,
} from '../foundation/ids.ts'
import type { Clinic } from '../platform/clinic.ts'
import { openDatabase } from '../platform/database.ts'
import { clinicKeyId, makeCaseKey, makeClinicKey, wrapCaseKey } from '../platform/keys.ts'
import { migrate } from '../platform/migrate.ts'
import { prepareProgramRole } from '../platform/program-role.ts'
import { sealText } from '../platform/seal-text.ts'
import { sealClearTexts } from './seal-clear-texts.ts'

/** The last version that kept appointments in the open. */
const lastInTheOpen = 44

let ownerUrl: string
beforeAll(async () => {
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = inject('ownerUrl')
  await asOwner(template.replace(/unwatched$/, 'postgres'), client =>
    client.query(`create database ${name} template template0`),
  )
  ownerUrl = template.replace(/unwatched$/, name)
  await migrate(ownerUrl, undefined, { upTo: lastInTheOpen })
})
afterAll(async () => {
  const name = ownerUrl.slice(ownerUrl.lastIndexOf('/') + 1)
  await asOwner(inject('ownerUrl').replace(/unwatched$/, 'postgres'), client =>
    client.query(`drop database if exists ${name} with (force)`),
  )
})

test('S8 the appointments of an earlier version are sealed at the next start, and are kept as they were', async () => {
  const now = new Date('2026-03-02T10:00:00Z')
  const key = makeClinicKey()
  const caseKey = makeCaseKey()
  const clinicId = makeId<ClinicId>(now)
  const agencyId = makeId<AgencyId>(now)
  const caseId = makeId<CaseId>(now)
  const messageId = makeId<MessageId>(now)
  const [coming, missed] = [makeId<AppointmentId>(now), makeId<AppointmentId>(now)]
  const people = {
    coordinator: makeId<PersonId>(now),
    'cyber-adviser': makeId<PersonId>(now),
    'stalking-advocate': makeId<PersonId>(now),
  }
  const place = sealText(caseKey, { clinicId, caseId, field: `appointment-place ${coming}` }, 'The blue door')
  await asOwner(ownerUrl, async client => {
    const into = (table: string, row: Readonly<Record<string, unknown>>) =>
      client.query(
        `insert into unwatched.${table} (${Object.keys(row).join(', ')})
         values (${Object.keys(row).map((_, index) => `$${index + 1}`)})`,
        Object.values(row),
      )
    const here = { clinic_id: clinicId, case_id: caseId }
    const profile = await import('../../profiles/west-kent.json', { with: { type: 'json' } })
    await into('clinic', {
      clinic_id: clinicId,
      slug: 'old',
      name: 'Old',
      profile: profile.default,
      key_id: clinicKeyId(key),
      opened_at: now,
    })
    await into('agency', {
      clinic_id: clinicId,
      agency_id: agencyId,
      slug: 'lead',
      name: 'Lead',
      kind: 'other',
      is_lead: true,
    })
    for (const [role, personId] of Object.entries(people))
      await into('person', {
        clinic_id: clinicId,
        person_id: personId,
        agency_id: agencyId,
        role,
        name: `The ${role}`,
        sign_in_name: role,
        state: 'active',
        joined_at: now,
      })
    await into('file_key', { ...here, wrapped: wrapCaseKey(key, clinicId, caseId, caseKey), made_at: now })
    await into('referral', {
      ...here,
      reference: 'T-1',
      form_token: 'once-upon-a-time',
      door: 'phone',
      received_at: now,
      referred_by: 'client',
      state: 'opened',
      client_name: 'Lena Fiction',
      answers: {},
      decision: {},
    })
    await into('case_file', {
      ...here,
      reference: 'T-1',
      client_name: 'Lena Fiction',
      stalker_type: 'both',
      urgency: 'routine',
      opened_at: now,
      opened_by: people.coordinator,
    })
    await into('consent', {
      ...here,
      consent_id: makeId(now),
      agency_id: agencyId,
      parts: [...caseParts],
      basis: 'consent',
      how: 'said',
      recorded_at: now,
      recorded_by: people.coordinator,
      in_force_from: now,
    })
    const booked = { booked_at: now, booked_by: people.coordinator, domestic_abuse: false }
    for (const [id, day, rest] of [
      [coming, '2026-03-10', { place_kind: 'room', place }],
      [
        missed,
        '2026-02-27',
        {
          place_kind: 'phone',
          state: 'did-not-attend',
          settled_at: now,
          settled_by: people.coordinator,
        },
      ],
    ] as const) {
      await into('appointment', {
        ...here,
        ...booked,
        ...rest,
        appointment_id: id,
        starts_at: `${day}T10:00:00Z`,
        ends_at: `${day}T10:45:00Z`,
        kept_until: `${day}T11:00:00Z`,
      })
      for (const role of ['cyber-adviser', 'stalking-advocate'] as const)
        await into('appointment_person', { ...here, appointment_id: id, person_id: people[role], role })
      for (const seat_of of [caseId, people['cyber-adviser'], people['stalking-advocate']])
        for (const index of [0, 1, 2, 3])
          await into('appointment_seat', {
            ...here,
            appointment_id: id,
            seat_of,
            quarter: Date.parse(`${day}T10:00:00Z`) / 900_000 + index,
          })
    }
    for (const role of ['cyber-adviser', 'stalking-advocate'] as const)
      await into('working_hours', {
        clinic_id: clinicId,
        person_id: people[role],
        hours_id: makeId(now),
        weekday: 2,
        starts_at: 540,
        ends_at: 1020,
        valid_from: '2020-01-01',
        recorded_at: now,
        recorded_by: people.coordinator,
      })
    await into('follow_up', {
      ...here,
      appointment_id: missed,
      because: 'did-not-attend',
      raised_at: now,
      raised_by: people.coordinator,
      tries_needed: 3,
      tries: 2,
    })
    await into('act', {
      ...here,
      at: now,
      person_id: people.coordinator,
      verb: 'appointment-booked',
      part: 'appointment',
      subject: coming,
      detail: { startsAt: '2026-03-10T10:00:00.000Z' },
    })
    await into('message', {
      ...here,
      message_id: messageId,
      purpose: 'appointment-reminder',
      channel_id: 'c1',
      about_at: '2026-03-10T10:00:00Z',
      about: `${coming}:${Date.parse('2026-03-10T10:00:00Z') / 900_000}`,
      asked_at: now,
      asked_by: people.coordinator,
      state: 'refused',
      changed_at: now,
    })
  })
  await migrate(ownerUrl)
  await sealClearTexts(ownerUrl, key)
  await sealClearTexts(ownerUrl, key)

  const database = openDatabase(await prepareProgramRole(ownerUrl, 'test'), { now: () => now, key })
  const clinic = { clinicId, key, database, clock: { now: () => now } } as unknown as Clinic
  const actor = { kind: 'person', clinicId, personId: people.coordinator } as const
  const look = { caseId, part: 'appointment', mode: 'write' } as const
  try {
    const kept = await withCase(database, actor, look, async transaction => ({
      list: (await listAppointments(transaction, caseId)).appointments,
      place: await showPlace(clinic, transaction, caseId, coming),
      missed: await loadAppointment(clinic, transaction, caseId, missed),
    }))
    expect(kept?.list).toMatchObject([
      {
        appointmentId: coming,
        startsAt: new Date('2026-03-10T10:00:00Z'),
        state: 'booked',
        placeKind: 'room',
      },
      { appointmentId: missed, state: 'did-not-attend', settledAt: now },
    ])
    expect(kept?.list[0]?.people.map(each => each.name)).toEqual([
      'The cyber-adviser',
      'The stalking-advocate',
    ])
    expect(kept?.place).toBe('The blue door')
    expect(kept?.missed?.followUp).toMatchObject({ tries: 2, triesNeeded: 3, raisedAt: now, closedAt: null })
    const diary = await database.transaction(actor, transaction => loadDiary(transaction, null))
    expect(diary.lines.map(line => line.appointmentId)).toEqual([missed, coming])
    expect(diary.followUps.map(each => each.appointmentId)).toEqual([missed])
    const messages = await withCase(database, actor, { caseId, part: 'contact', mode: 'read' }, transaction =>
      listMessages(transaction, caseId),
    )
    expect(messages).toMatchObject([{ messageId, aboutAt: new Date('2026-03-10T10:00:00Z') }])
    const trail = await withCase(database, actor, { caseId, part: 'trail', mode: 'read' }, transaction =>
      listTrail(transaction, caseId, { by: 'people', before: null, atMost: 50 }),
    )
    expect(trail?.acts.find(act => act.verb === 'appointment-booked')?.detail).toEqual({
      startsAt: '2026-03-10T10:00:00.000Z',
    })
    // Its seats are tied to it: moving gives the first quarter back.
    const moved = await withCase(database, actor, look, transaction =>
      moveAppointment(transaction, people.coordinator, caseId, coming, {
        startsAt: new Date('2026-03-10T10:15:00Z'),
        seating: [
          { role: 'cyber-adviser', personId: people['cyber-adviser'] },
          { role: 'stalking-advocate', personId: people['stalking-advocate'] },
        ],
        domesticAbuse: false,
      }),
    )
    expect(moved).toEqual({ allowed: true })
  } finally {
    await database.close()
  }
  const left = await asOwner(ownerUrl, client =>
    client.query(`select (select count(*)::int from pg_namespace where nspname = 'unwatched_before') as before,
      (select count(*)::int from unwatched.appointment_seat) as seats,
      (select count(*)::int from unwatched.appointment_seat
        where quarter = extract(epoch from '2026-03-10T10:00:00Z'::timestamptz) / 900) as given_back,
      (select count(*)::int from unwatched.act where detail ? 'startsAt') as acts,
      (select count(*)::int from unwatched.message where about_at is not null or about ~ ':[0-9]{7}$') as times`),
  )
  expect(left.rows).toEqual([{ before: 0, seats: 24, given_back: 0, acts: 0, times: 0 }])
})
