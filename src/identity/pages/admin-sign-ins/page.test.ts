import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { joinWith, linkAtMachine } from '../../../../test/support/joining.ts'
import type { Browser } from '../../../../test/support/sign-in-site.ts'
import { startSession } from '../../operations/start-session.ts'
import { roles } from '../../role.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('S12 administrators and coordinators see who was set up again, and nobody else does', async () => {
  for (const role of roles) {
    const browser = await site.signedIn(role)
    const isTheirs = role === 'administrator' || role === 'coordinator'
    expect((await browser.get('/admin/sign-ins')).status, role).toBe(isTheirs ? 200 : 403)
  }
})

test('S12 administrators and coordinators see who was set up again, and a third person confirms that it is them', async () => {
  const member = await site.joined('idva')
  const link = await linkAtMachine(site.world, member.personId)
  const again = await joinWith(site.world, link, { secondSecret: member.second })
  if (again.kind !== 'joined') throw new Error(again.kind)
  const browser = site.holding(again.sessionToken)
  for (const role of ['administrator', 'coordinator'] as const) {
    const { text } = await (await site.signedIn(role)).get('/admin/sign-ins')
    expect(text).toContain('were set up again by a link')
    expect(text).toContain('Not yet')
    expect(text).toContain('At the machine')
  }
  const page = await browser.get('/staff')
  await browser.submit(page, '/account/known')
  const admin = await site.signedIn('administrator')
  const list = await admin.get('/admin/sign-ins')
  expect(list.text).toContain('Since ')
  const [, confirm = ''] = /action="(\/admin\/sign-ins\/\d+\/confirm)"/.exec(list.text) ?? []
  const check = await admin.submit(list, confirm)
  expect(check.text).toContain('Is it Owner Number')
  expect((await admin.submit(check, confirm)).location).toBe('/admin/sign-ins')
  expect((await admin.get('/admin/sign-ins')).text).toContain('Confirmed by Test administrator')
})

test('S12 a coordinator who approved the link does not confirm them too, nor they themselves', async () => {
  const member = await site.joined('idva')
  const administrator = await site.signedIn('administrator')
  const ask = `/admin/people/${member.personId}/link`
  const check = await administrator.submit(await administrator.get('/admin/people'), ask)
  const [, code = ''] =
    /id="joining-code">([a-z ]+)</.exec((await administrator.submit(check, ask)).text) ?? []
  const coordinator = await site.signedIn('coordinator')
  const path = await site.findWaiting(coordinator)
  const shown = await coordinator.submit(await coordinator.get(path), path, { decision: 'approve' })
  const token = /\/join\/([\w-]{43})/.exec(shown.text)?.[1] ?? ''
  const again = await joinWith(site.world, { token, code: code.split(' ') }, { secondSecret: member.second })
  if (again.kind !== 'joined') throw new Error(again.kind)

  const list = await coordinator.get('/admin/sign-ins')
  expect(list.text).toContain('You had a part in it, so somebody else confirms it')
  const third = site.holding(
    await site.clinic.database.transaction(site.world.task('sign-in'), async transaction =>
      startSession(transaction, await site.world.addPerson('coordinator', 'lead', 'Third Coordinator')),
    ),
  )
  const [, confirm = ''] =
    /action="(\/admin\/sign-ins\/\d+\/confirm)"/.exec((await third.get('/admin/sign-ins')).text) ?? []
  const send = async (browser: Browser, to: string) => {
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/account')).text)?.[1] ?? ''
    return browser.post(to, new URLSearchParams({ _csrf: csrf }))
  }
  expect((await send(coordinator, confirm)).location, 'no page asks them').toBe('/admin/sign-ins')
  expect((await send(site.holding(again.sessionToken), confirm)).status).toBe(403)
  expect((await send(third, confirm)).text).toContain('Is it Owner Number')
  for (const change of ['0', '999999', 'x'])
    expect((await send(third, `/admin/sign-ins/${change}/confirm`)).status, change).toBe(404)
})
