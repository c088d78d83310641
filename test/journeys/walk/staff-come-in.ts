import { setTimeout as wait } from 'node:timers/promises'
import { generateSync } from 'otplib'
import { expect } from 'vitest'
import { roleName } from '../../../src/identity/role.ts'
import type { JourneyPerson } from '../../support/journey-person.ts'
import type { Walk } from './world.ts'

const signInName = 'nia.walker'
const password = 'lantern orchard violin moss'

/** What a code app shows: now, or some steps of half a minute away. */
function codeOf(secret: string, steps: number): string {
  return generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
}

/** An administrator asks for an advocate, a coordinator approves and hands over the link, and the advocate sets up their sign-in, signs out and comes back. */
export async function enrolAnAdvocate(walk: Walk): Promise<void> {
  const nobody = await walk.stranger()
  await nobody.open('/admin/people')
  expect(nobody.page.url()).toContain('/sign-in')
  await nobody.look('sign-in')

  const administrator = await walk.as('administrator')
  await administrator.open('/admin/people')
  await administrator.look('admin-people')
  const { page } = administrator
  await page.getByLabel('Name', { exact: true }).fill('Nia Walker')
  await page.getByLabel('Sign-in name').fill(signInName)
  await page.getByLabel('What they do').selectOption(roleName('stalking-advocate'))
  await page.getByLabel('Agency').selectOption('Protection Against Stalking')
  await page.getByRole('button', { name: 'Invite them' }).click()
  await administrator.look('link-asked-for')
  expect(await page.locator('#link').count()).toBe(0)
  const joiningCode = await administrator.read('#joining-code')

  const coordinator = await walk.as('coordinator')
  await coordinator.open('/admin/links')
  await coordinator.look('who-joins')
  await coordinator.page.getByRole('link', { name: 'Decide about Nia Walker' }).click()
  await coordinator.look('link-to-approve')
  await coordinator.page.getByRole('radio', { name: /^Approve/ }).check()
  await coordinator.page.getByRole('button', { name: 'Save decision' }).click()
  const link = await coordinator.read('#link')
  await coordinator.look('invitation')
  expect(await coordinator.read(), 'the coordinator does not see the code').not.toContain(joiningCode)

  const nia = await walk.stranger()
  await nia.open(link)
  await nia.look('join')
  await nia.page.getByRole('button', { name: 'Finish and sign in' }).click()
  await nia.look('join-problems')
  const summary = nia.page.getByRole('alert')
  for (const problem of await summary.getByRole('link').all()) {
    await problem.click()
    const field = (await problem.getAttribute('href')) ?? '#'
    expect(await nia.page.locator(`${field}:focus`).count(), `the summary leads to ${field}`).toBe(1)
  }
  const secret = (await nia.read('main code')).replace(/\s/g, '')
  walk.keep('secret', secret)
  await nia.page.getByLabel('Joining code').fill(joiningCode)
  await nia.page.getByLabel('Password', { exact: true }).fill(password)
  // Each code works once and the story needs three, so it begins with the one before now: it must not go by meanwhile.
  const left = 30_000 - (Date.now() % 30_000)
  if (left < 4_000) await wait(left)
  await nia.page.getByLabel('Code from your app').fill(codeOf(secret, -1))
  await nia.page.getByRole('button', { name: 'Finish and sign in' }).click()
  await nia.page.getByRole('heading', { name: 'Write these words down' }).waitFor()
  await nia.look('second-secret')
  expect((await nia.read('#second-secret')).split(' ')).toHaveLength(6)
  await nia.page.getByRole('link', { name: 'I have written them down' }).click()
  await nia.page.getByRole('heading', { name: 'Hello, Nia Walker' }).waitFor()
  await nia.look('staff-home')

  await nia.page.getByRole('button', { name: 'Sign out' }).click()
  await nia.page.waitForURL(/\/sign-in/)
  await nia.look()
  await nia.open('/cases')
  expect(nia.page.url()).toContain('/sign-in')
  await nia.page.getByLabel('Sign-in name').fill(signInName)
  await nia.page.getByLabel('Password', { exact: true }).fill('not what they chose')
  await nia.page.getByLabel('Code from your app').fill('000000')
  await nia.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await nia.look('sign-in-problem')
  expect(await nia.read('[role=alert]')).toContain('There is a problem')
  await signInAgain(walk, nia, 0)
  await nia.page.waitForURL(/\/cases$/)
  await nia.look('no-cases-yet')
  await nia.open('/account')
  await nia.look('your-sign-in')
  expect(await nia.read()).toContain('You are here')
  await nia.open('/account/password')
  await nia.look('change-password')
  await coordinator.open('/admin/sign-ins')
  await coordinator.look('sign-ins')
  expect(await coordinator.read()).toContain('Nia Walker')
  await nia.open('/cases')
  walk.seat('stalking-advocate', nia)

  const thief = await walk.stranger()
  await thief.open(link)
  await thief.look('link-used')
  expect(await thief.read()).toContain('This link has been used')
}

/** Fills in the sign-in page for the advocate, with a code some steps away from now. */
export async function signInAgain(walk: Walk, nia: JourneyPerson, steps: number): Promise<void> {
  await nia.page.getByLabel('Sign-in name').fill(signInName)
  await nia.page.getByLabel('Password', { exact: true }).fill(password)
  // A wrong guess may have to be waited for, and no more than some seconds.
  for (let tries = 0; tries < 10; tries += 1) {
    await nia.page.getByLabel('Password', { exact: true }).fill(password)
    await nia.page.getByLabel('Code from your app').fill(codeOf(walk.kept('secret'), steps))
    await nia.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await nia.page.waitForLoadState()
    if ((await nia.page.getByLabel('Sign-in name').count()) === 0) return
    await wait(1_000)
  }
  expect.fail('the right password and code sign in')
}

/** A link that was printed for somebody of the demo shows whom it is for as often as it is opened, and works once. */
export async function useADemoLink(walk: Walk): Promise<void> {
  const link = walk.clinic.demoLink('manager')
  const early = await walk.stranger()
  await early.open(link)
  await early.look('demo-sign-in')

  const manager = await walk.stranger()
  await manager.open(link)
  await manager.page.getByRole('button', { name: /^Sign in as/ }).click()
  await manager.page.getByRole('heading', { name: /^Hello, Maud/ }).waitFor()
  await manager.look('staff-home-manager')
  walk.seat('manager', manager)

  await early.page.getByRole('button', { name: /^Sign in as/ }).click()
  await early.look()
  expect(await early.read()).toContain('This link has been used')
  await early.open('/staff')
  expect(early.page.url()).toContain('/sign-in')
}
