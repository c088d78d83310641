import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { findForms, type Weight, weightOfActs } from '../src/app/weight-of-acts.ts'
import type { Role } from '../src/identity/role.ts'
import { type Stage, stageActs } from './support/stage-acts.ts'
import { asOwner, openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, readCheckForm, type TestSite, type Visitor } from './support/test-site.ts'

type Weighty = Extract<Weight, { weight: 'weighty' }>
const weighty = weightOfActs.filter((each): each is Weighty => each.weight === 'weighty')

let world: TestClinic
let site: TestSite
let stages: ReturnType<typeof stageActs>
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  stages = stageActs(world, site)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const countOf = (verb: string): Promise<number> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ n: number }>(
      // What the companion of a case copies was done once.
      'select count(*)::int as n from unwatched.act where verb = $1 and not is_copy',
      [verb],
    )
    return rows[0]?.n ?? 0
  })

async function stage(path: string): Promise<Stage & { readonly visitor: Visitor }> {
  const set = stages[path]
  if (!set) throw new Error(`nobody has set up ${path}`)
  const made = await set()
  return { ...made, visitor: await site.visitor(made.as) }
}

test('every form is weighty or light, with its reason, and nobody adds one without deciding', () => {
  const forms = findForms(routes)
  const decided = weightOfActs.map(each => each.path)
  expect(forms.filter(path => !decided.includes(path))).toEqual([])
  expect(decided.filter(path => !forms.includes(path))).toEqual([])
  expect(decided.filter((path, index) => decided.indexOf(path) !== index)).toEqual([])
  for (const each of weightOfActs) {
    if (each.weight === 'light') expect(each.because.length, each.path).toBeGreaterThan(10)
    else if (each.undo !== null) expect(forms, `${each.path} is undone by`).toContain(each.undo)
  }
  expect(Object.keys(stages).sort()).toEqual(weighty.map(each => each.path).sort())
})

test('somebody who posts straight to a weighty act gets the page that says what follows, and not the act', async () => {
  for (const { path, verb } of weighty) {
    const { visitor, address, fields, asked } = await stage(path)
    const before = await countOf(verb)
    const straight = await visitor.post(address, { ...fields, ...asked })
    expect([path, straight.status]).toEqual([path, 200])
    expect(readCheckForm(straight.text), path).not.toBeNull()
    const forged = await visitor.post(address, { ...fields, ...asked, _seen: 'A'.repeat(43) })
    expect(readCheckForm(forged.text), path).not.toBeNull()
    expect(await countOf(verb), `${path}: nothing was done`).toBe(before)
  }
}, 240_000)

test('what somebody else read, in another browser, is not read in this one', async () => {
  for (const { path, verb } of weighty) {
    const { as, visitor, address, fields, asked } = await stage(path)
    const other = await site.visitor(as)
    const theirs = readCheckForm((await other.post(address, { ...fields })).text)
    const before = await countOf(verb)
    const answer = await visitor.post(address, { ...fields, ...asked, ...theirs })
    expect([path, answer.location]).toEqual([path, null])
    expect(await countOf(verb), `${path}: nothing was done`).toBe(before)
  }
}, 240_000)

test('a page that was read leads to the act, once, however often its form is sent', async () => {
  for (const { path, verb } of weighty) {
    const { visitor, address, fields, asked } = await stage(path)
    const before = await countOf(verb)
    const page = await visitor.post(address, { ...fields })
    const sent = { ...fields, ...asked, ...readCheckForm(page.text) }
    const done = await visitor.post(address, sent)
    expect([path, done.status < 400]).toEqual([path, true])
    expect(await countOf(verb), `${path}: it was done`).toBe(before + 1)
    const again = await visitor.post(address, sent)
    expect(again.status, path).toBeLessThan(500)
    expect(await countOf(verb), `${path}: it was done once`).toBe(before + 1)
  }
}, 240_000)

test('nobody does a weighty act who may not see it, whatever they send', async () => {
  const outsider: Role = 'manager'
  for (const { path, verb } of weighty) {
    const { visitor, address, fields, asked } = await stage(path)
    const carried = readCheckForm((await visitor.post(address, { ...fields })).text)
    const before = await countOf(verb)
    const stranger = await site.visitor()
    const outside = await site.visitor(outsider)
    expect((await stranger.post(address, { ...fields, ...asked, ...carried })).status, path).not.toBe(200)
    expect([403, 404], path).toContain(
      (await outside.post(address, { ...fields, ...asked, ...carried })).status,
    )
    expect(await countOf(verb), path).toBe(before)
  }
}, 240_000)

test('a reason that a page asks for is asked for until it is there', async () => {
  let many = 0
  for (const { path, verb } of weighty) {
    const { visitor, address, fields, asked } = await stage(path)
    if (!asked) continue
    many += 1
    const before = await countOf(verb)
    const page = await visitor.post(address, { ...fields })
    const without = await visitor.post(address, { ...fields, ...readCheckForm(page.text) })
    expect([path, without.status]).toEqual([path, 422])
    expect(without.text, path).toContain('There is a problem')
    expect(without.text, path).toMatch(/<title>Error: /)
    expect(await countOf(verb), path).toBe(before)
  }
  expect(many).toBeGreaterThan(8)
}, 240_000)
