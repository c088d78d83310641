import { afterAll, beforeAll, test } from 'vitest'
import { enrolAnAdvocate, useADemoLink } from './walk/staff-come-in.ts'
import { openWalk, type Walk } from './walk/world.ts'

let walk: Walk
beforeAll(async () => {
  walk = await openWalk()
})
afterAll(async () => {
  await walk?.close()
})

test('1. staff enrol from a link that works once, sign out, and sign in with a password and a code', () =>
  enrolAnAdvocate(walk))
test('1. in the demo a printed link signs in once and only once', () => useADemoLink(walk))
