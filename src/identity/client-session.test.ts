import { expect, test } from 'vitest'
import { decideClientSession, findClientSessionEnd } from './client-session.ts'

const started = new Date('2026-03-02T09:00:00Z')
const after = (minutes: number) => new Date(started.getTime() + minutes * 60_000)
const session = { lastSeenAt: started, expiresAt: findClientSessionEnd(started) }

test('a client who puts their phone down is signed out after ten minutes', () => {
  expect(decideClientSession(session, after(9.9))).toMatchObject({ allowed: true })
  expect(decideClientSession(session, after(10))).toEqual({ allowed: false, because: 'idle' })
})

test('a client is signed in for an hour at most, however busy', () => {
  const busy = { ...session, lastSeenAt: after(59) }
  expect(decideClientSession(busy, after(59.5))).toMatchObject({ allowed: true })
  expect(decideClientSession(busy, after(60))).toEqual({ allowed: false, because: 'ended' })
})
