import { expect, test } from 'vitest'
import { decideSession, findSessionEnd } from './session.ts'

const started = new Date('2026-03-02T09:00:00Z')
const after = (minutes: number) => new Date(started.getTime() + minutes * 60_000)
const session = { lastSeenAt: started, expiresAt: findSessionEnd(started) }

test('a desk left alone for half an hour is signed out', () => {
  expect(decideSession(session, after(29.9))).toMatchObject({ allowed: true })
  expect(decideSession(session, after(30))).toEqual({ allowed: false, because: 'idle' })
})

test('nobody stays signed in for more than twelve hours, however busy', () => {
  const busy = { ...session, lastSeenAt: after(719) }
  expect(decideSession(busy, after(719.5))).toMatchObject({ allowed: true })
  expect(decideSession(busy, after(720))).toEqual({ allowed: false, because: 'ended' })
})

test('reading page after page writes once a minute at most', () => {
  expect(decideSession(session, after(0.9))).toEqual({ allowed: true, isDueForMark: false })
  expect(decideSession(session, after(1))).toEqual({ allowed: true, isDueForMark: true })
})
