import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServer, openMailServer } from '../../../test/support/mail-server.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { openDatabase } from '../../platform/database.ts'
import type { MachineTrouble } from '../../platform/machine-trouble.ts'
import { machineTroubles } from '../../platform/machine-trouble.ts'
import { prepareProgramRole } from '../../platform/program-role.ts'
import { decideNotice, writeNotice } from '../machine-notice.ts'
import { findTellingWords } from '../neutral-wording.ts'
import { tellOperator } from './tell-operator.ts'

let world: TestClinic
let mail: MailServer
let clinic: Clinic
beforeAll(async () => {
  world = await openTestClinic()
  mail = await openMailServer()
  const machine = {
    dataFolder: world.clinic.spoolFolder,
    databaseFolder: null,
    operatorAddress: 'machine@example.org',
  }
  clinic = { ...world.clinic, mail: mail.settings, machine }
})
afterAll(async () => {
  await mail.close()
  await world.close()
})
beforeEach(async () => {
  mail.behave('take')
  await asOwner(world.ownerUrl, owner => owner.query('delete from unwatched.machine_notice'))
})

const later = (hours: number): void =>
  world.clock.moveTo(new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString())

/** The mails that came meanwhile. */
async function mailsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = mail.received.length
  await work()
  return mail.received.slice(before).map(each => each.source)
}

test('of a trouble one mail goes out when it begins, one a day while it goes on, and one when it is over', async () => {
  const look = (...troubles: MachineTrouble[]) => mailsOf(() => tellOperator(clinic, troubles))
  expect(await look()).toHaveLength(0)
  const [first = ''] = await look('backup-old')
  expect(first).toContain('more than a day and a half old')
  expect(mail.received.at(-1)?.to).toEqual(['machine@example.org'])
  later(1)
  expect(await look('backup-old')).toHaveLength(0)
  const [both = ''] = await look('backup-old', 'disk-full')
  expect(both).toContain('A disk is nearly full')
  later(23)
  expect(await look('backup-old', 'disk-full')).toHaveLength(0)
  later(1.5)
  expect(await look('backup-old', 'disk-full')).toHaveLength(1)
  const [over = ''] = await look('disk-full')
  expect(over).toContain('This is over')
  expect(await look('disk-full')).toHaveLength(0)
  expect(await look()).toHaveLength(1)
  expect(await look()).toHaveLength(0)
})

test('several processes, and one that starts again, tell once', async () => {
  const programUrl = await prepareProgramRole(world.ownerUrl, 'test')
  const others = [1, 2, 3].map(() => ({
    ...clinic,
    database: openDatabase(programUrl, { now: world.clock.now, key: clinic.key, connections: 2 }),
  }))
  try {
    const mails = await mailsOf(() =>
      Promise.all([clinic, ...others].map(each => tellOperator(each, ['disk-full']))),
    )
    expect(mails).toHaveLength(1)
  } finally {
    for (const other of others) await other.database.close()
  }
  expect(await mailsOf(() => tellOperator(clinic, ['disk-full']))).toHaveLength(0)
})

test('a mail that certainly did not leave is tried at the next check; one that may have left is not', async () => {
  mail.behave('refuse-recipient')
  expect(await mailsOf(() => tellOperator(clinic, ['disk-full']))).toHaveLength(0)
  mail.behave('take-and-drop')
  expect(await mailsOf(() => tellOperator(clinic, ['disk-full']))).toHaveLength(1)
  mail.behave('take')
  expect(await mailsOf(() => tellOperator(clinic, ['disk-full']))).toHaveLength(0)
})

test('without mail, or without somebody to write to, nothing is kept as told', async () => {
  await tellOperator({ ...clinic, mail: null }, ['disk-full'])
  await tellOperator({ ...world.clinic, mail: mail.settings }, ['disk-full'])
  const kept = await asOwner(world.ownerUrl, owner => owner.query('select 1 from unwatched.machine_notice'))
  expect(kept.rowCount).toBe(0)
})

test('S2: no mail about the machine says whose machine it is, or what it is for', () => {
  for (const trouble of machineTroubles) {
    for (const [kept, now] of [
      [[], [trouble]],
      [[{ trouble, since: new Date(0), toldAt: new Date(0) }], []],
    ] as const) {
      const wording = writeNotice(decideNotice(kept, now, new Date('2026-03-02T10:00:00Z')))
      expect(findTellingWords(wording, ['Test clinic', 'West Kent'])).toEqual([])
      expect(wording.text).not.toContain('Something else')
    }
  }
})
