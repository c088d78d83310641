import { bookAppointment } from '../../src/appointments/operations/book-appointment.ts'
import { askForReminder } from '../../src/appointments/operations/reminder.ts'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { createCase } from '../../src/cases/operations/create-case.ts'
import { readReferral } from '../../src/cases/operations/read-referral.ts'
import { receiveReferral } from '../../src/cases/operations/receive-referral.ts'
import { triageReferral } from '../../src/cases/operations/triage-referral.ts'
import { emptyPlan } from '../../src/contact/contact-plan.ts'
import { changeContactPlan } from '../../src/contact/operations/change-plan.ts'
import { writeClientWord } from '../../src/contact/operations/write-client-word.ts'
import { caseParts } from '../../src/foundation/case-part.ts'
import type { AppointmentId, CaseId } from '../../src/foundation/ids.ts'
import { makePhrases } from '../../src/identity/operations/make-phrases.ts'
import { signInClient } from '../../src/identity/operations/sign-in-client.ts'
import { newOnce } from '../../src/web/form.ts'
import { giveHours } from './test-calendar.ts'
import { asOwner, openTestClinic, type TestClinic } from './test-clinic.ts'
import { toldReferral } from './told-referral.ts'

/** Somebody whose case the thief looks for, with what the thief knows: names, hours, and the form sent under that name. */
export type Victim = {
  readonly caseId: CaseId
  readonly hours: readonly Date[]
  readonly form: {
    readonly caseId: CaseId
    readonly isOpened: boolean
    /** Opened before the client's was. */
    readonly isEarly: boolean
  }
  /** When the thief typed nonsense for the client's words, from the line that both of them use. */
  readonly guessedAt: readonly Date[]
}
export type Robbed = {
  readonly ownerUrl: string
  readonly victims: readonly Victim[]
  readonly close: () => Promise<void>
}

/** Names of many lengths and scripts; some share a word. All of them are nobody's. */
const names = [
  ['Io Fiction', 'Ab Fiction'],
  ['Marigold Fenwick-Example', 'Osbert Crane'],
  ['Zoë Example', 'Bartholomew Montgomery Fictional'],
  ['Wilhelmina Alexandra Fenwick Fictional', 'Ed Example'],
  ['எடுத்துக்காட்டு பெயர்', 'Fictional Peregrine'],
  ['Ana Example', 'Osbert Example'],
  ['مثال خيالي', 'Thaddeus Quillfeather'],
  ['Philippa Crane', 'Uri Fiction'],
] as const

/** The same numbers for the same seed, from 0 up to 1. */
function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function shuffled<Item>(items: readonly Item[], chance: () => number): readonly Item[] {
  return items
    .map(item => ({ item, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/**
 * A clinic with eight clients, each with two appointments to come and a reminder that waits, and with eight forms that
 * somebody sent under their names: six of them opened by staff, four before the client's.
 */
export async function aClinic(seed: number): Promise<Robbed> {
  const chance = chanceFrom(seed)
  const world = await openTestClinic()
  await giveHours(world)
  let at = Date.parse('2026-03-02T08:00:00Z')
  /** So that no two things are done in the same instant by accident. */
  const later = () => {
    at += 60_000 + Math.floor(chance() * 50_000)
    world.clock.moveTo(new Date(at).toISOString())
  }
  const clinic = { ...world.clinic, mail: { host: '127.0.0.1', port: 1, from: 'post@example.org' } as never }
  const who = names.map(([client, suspect], index) => ({
    client,
    suspect,
    email: `${client.replace(/[^a-zA-Z]/g, '').toLowerCase() || 'x'.repeat(index)}@example.org`,
    phone: `0770090${'0123456789'.slice(0, 1 + (index % 4))}`,
    isOpened: index % 4 !== 3,
    isEarly: index % 2 === 0,
    /** The line from which the client sends their form, and the thief theirs. */
    address: `198.51.${100 + index}.7`,
    /** The client's safe hour, on a day before the first appointment. */
    weekday: 3 + Math.floor(chance() * 5),
  }))
  const receive = async (person: (typeof who)[number]): Promise<CaseId> => {
    later()
    const told = toldReferral({
      clientName: person.client,
      suspectName: person.suspect,
      words: 'He knows where I am. '.repeat(1 + Math.floor(chance() * 20)),
      contactChannels: {
        phone: { value: person.phone, safe: 'yes' },
        email: { value: person.email, safe: 'yes' },
        other: { value: '', safe: 'unknown' },
      },
    })
    const once = `form-${seed}-${Math.floor(chance() * 1e12)}`
    const { reference } = await receiveReferral(clinic, world.task('public-form'), told, once, person.address)
    const found = await asOwner(world.ownerUrl, client =>
      client.query<{ case_id: CaseId }>('select case_id from unwatched.referral where reference = $1', [
        reference,
      ]),
    )
    const caseId = found.rows[0]?.case_id
    if (!caseId) throw new Error('the form is not there')
    return caseId
  }
  const triage = async (caseId: CaseId): Promise<void> => {
    later()
    await clinic.database.transaction(world.as('coordinator'), transaction =>
      readReferral(transaction, caseId),
    )
    later()
    const choice = {
      type: 'known-control',
      typeReasons: ['lived-together'],
      flags: [],
      judgement: 'routine',
      note: '',
      settled: [],
    } as const
    await clinic.database.transaction(world.as('coordinator'), transaction =>
      triageReferral(transaction, world.people.coordinator, caseId, choice, null),
    )
  }
  const forms = new Map<(typeof who)[number], CaseId>()
  const cases = new Map<(typeof who)[number], CaseId>()
  const sendForm = async (person: (typeof who)[number]): Promise<void> => {
    const caseId = await receive(person)
    forms.set(person, caseId)
    if (person.isOpened) await triage(caseId)
  }
  for (const person of shuffled(
    who.filter(each => each.isEarly),
    chance,
  ))
    await sendForm(person)
  for (const person of shuffled(who, chance)) {
    const caseId = await receive(person)
    cases.set(person, caseId)
    await triage(caseId)
    later()
    await createCase(
      clinic,
      { personId: world.people.coordinator, agencyId: world.agencies.lead },
      caseId,
      {
        agencies: (['lead', 'cyber', 'stalking'] as const).map(agency => ({
          agencyId: world.agencies[agency],
          parts: caseParts,
          until: null,
        })),
        how: 'spoken-on-the-phone',
      },
      null,
    )
  }
  for (const person of shuffled(
    who.filter(each => !each.isEarly),
    chance,
  ))
    await sendForm(person)
  // Sixteen hours in the weeks to come, two for each; booked in an order that has nothing to do with them.
  const hours = shuffled(
    Array.from(
      { length: 16 },
      (_, index) =>
        new Date(Date.UTC(2026, 2, 9 + Math.floor(index / 4) + (index > 7 ? 5 : 0), 10 + (index % 4))),
    ),
    chance,
  )
  const bookings = shuffled(
    hours.map((hour, index) => ({ hour, person: who[index % 8]!, isFirst: index < 8 })),
    chance,
  )
  for (const { hour, person, isFirst } of bookings) {
    const caseId = cases.get(person)!
    const appointmentId = await book(world, clinic, caseId, hour, later)
    if (isFirst) await remind(world, clinic, caseId, appointmentId, person, later)
  }
  const guesses = await mistype(world, clinic, shuffled(who, chance), cases, later)
  return {
    ownerUrl: world.ownerUrl,
    victims: who.map((person, index) => ({
      caseId: cases.get(person)!,
      hours: [hours[index]!, hours[index + 8]!],
      form: { caseId: forms.get(person)!, isOpened: person.isOpened, isEarly: person.isEarly },
      guessedAt: guesses.get(person) ?? [],
    })),
    close: world.close,
  }
}

/** Each client mistypes their words, half of them sign in after that, and before and after it the thief types nonsense from that line. */
async function mistype<Person extends { readonly address: string; readonly isEarly: boolean }>(
  world: TestClinic,
  clinic: TestClinic['clinic'],
  people: readonly Person[],
  cases: ReadonlyMap<Person, CaseId>,
  later: () => void,
): Promise<ReadonlyMap<Person, readonly Date[]>> {
  const guesses = new Map<Person, readonly Date[]>()
  const type = (typed: string, { address }: Person) => signInClient(clinic, { typed, address })
  const guess = async (person: Person) => {
    later()
    await type('zoo zone zoo zone zoo zone zoo', person)
    guesses.set(person, [...(guesses.get(person) ?? []), world.clock.now()])
  }
  const phrases = new Map<Person, readonly string[]>()
  for (const person of people) {
    later()
    const caseId = cases.get(person)!
    const made = await withCase(
      clinic.database,
      world.as('coordinator'),
      { caseId, part: 'contact', mode: 'write' },
      transaction =>
        makePhrases(clinic, transaction, world.people.coordinator, caseId, {
          check: 'code-words',
          once: newOnce(),
        }),
    )
    if (!made) throw new Error('no phrase was made')
    phrases.set(person, made.open)
  }
  for (const person of people) if (!person.isEarly) await guess(person)
  for (const person of people) {
    const words = phrases.get(person)!
    later()
    await type([...words.slice(0, 6), 'zoo'].join(' '), person)
    if (people.indexOf(person) % 2 === 0) await type(words.join(' '), person)
  }
  for (const person of people) await guess(person)
  return guesses
}

async function book(
  world: TestClinic,
  clinic: TestClinic['clinic'],
  caseId: CaseId,
  startsAt: Date,
  later: () => void,
): Promise<AppointmentId> {
  later()
  const choice = {
    startsAt,
    seating: (['cyber-adviser', 'stalking-advocate'] as const).map(role => ({
      role,
      personId: world.people[role],
    })),
    domesticAbuse: false,
    placeKind: 'room',
    place: 'The reading room',
  } as const
  const look = { caseId, part: 'appointment', mode: 'write' } as const
  const done = await withCase(clinic.database, world.as('coordinator'), look, transaction =>
    bookAppointment(clinic, transaction, world.people.coordinator, caseId, choice, null),
  )
  if (!done?.allowed) throw new Error(`not booked: ${done?.because}`)
  return done.appointmentId
}

async function remind(
  world: TestClinic,
  clinic: TestClinic['clinic'],
  caseId: CaseId,
  appointmentId: AppointmentId,
  { email, weekday }: { readonly email: string; readonly weekday: number },
  later: () => void,
): Promise<void> {
  later()
  await withCase(
    clinic.database,
    world.as('coordinator'),
    { caseId, part: 'contact', mode: 'write' },
    async transaction => {
      await changeContactPlan(clinic, transaction, caseId, plan => ({
        ...emptyPlan,
        ...plan,
        wants: 'yes',
        channels: [
          {
            channelId: 'c1',
            kind: 'email',
            value: email,
            safe: 'yes',
            confirmedAt: transaction.now.toISOString(),
            expiresOn: '2027-01-01',
            mayRemind: true,
            windows: [{ days: [weekday], from: '03:00', until: '03:01' }],
            note: '',
            isGone: false,
          },
        ],
      }))
      return writeClientWord(clinic, transaction, caseId, {
        channelId: 'c1',
        heard: 'face-to-face',
        words: 'Nobody else knows it.',
        lastDay: '2026-03-25',
      })
    },
  )
  later()
  const asked = await withCase(
    clinic.database,
    world.as('coordinator'),
    { caseId, part: 'appointment', mode: 'write' },
    transaction => askForReminder(clinic, transaction, caseId, appointmentId, 'c1'),
  )
  if (asked?.kind !== 'waiting') throw new Error(`no reminder: ${asked?.kind}`)
}
