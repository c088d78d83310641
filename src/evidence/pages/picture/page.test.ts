import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EvidenceSite, openEvidenceSite } from '../../../../test/support/evidence-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: EvidenceSite
beforeAll(async () => {
  site = await openEvidenceSite()
})
afterAll(() => site.close())

/** A photograph that says where it was taken, with a script behind its end; each of another colour. */
async function photo(background: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await sharp({ create: { width: 90, height: 60, channels: 3, background } })
    .withExif({ IFD0: { ImageDescription: 'SECRET STREET 4' } })
    .jpeg()
    .toBuffer()
  return new Uint8Array(Buffer.concat([bytes, Buffer.from('<script>SECRET</script>')]))
}

/** Asks for the page of a picture until there is one, or it is said why not. */
async function untilMade(item: string): Promise<string> {
  for (;;) {
    const { text } = await site.show(`${item}/picture`)
    if (!text.includes('is being made')) return text
    await new Promise(done => setTimeout(done, 50))
  }
}

async function fetchAs(role: 'cyber-adviser' | 'manager', path: string): Promise<Response> {
  const visitor = await site.visitor(role)
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return fetch(`${site.address}${path}`, { headers: { cookie } })
}

const count = (text: string, ...values: readonly unknown[]): Promise<number> =>
  asOwner(site.world.ownerUrl, async client => {
    const found = await client.query<{ n: number }>(`select count(*)::int as n from ${text}`, [...values])
    return found.rows[0]?.n ?? 0
  })

test('S5 a picture is for those who may see the evidence of its case, and so are its files', async () => {
  const item = await site.bringOne('photo.jpg', await photo('#123456'))
  await untilMade(item)
  const other = item.replace(site.caseId, await openTestCase(site.world))
  const closed = item.replace(site.caseId, await openTestCase(site.world, { agencies: ['lead'] }))
  for (const tail of ['/picture', '/picture/whole', '/picture/small']) {
    const paths = [`${item}${tail}`, `${other}${tail}`, `${closed}${tail}`, `${site.path}/nothing${tail}`]
    expect(await statusesOf(site, paths, 'cyber-adviser'), tail).toEqual([200, 404, 404, 404])
    for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const)
      expect(await statusesOf(site, [`${item}${tail}`], role), role).toEqual([404])
    expect((await site.get(`${item}${tail}`)).status).toBe(303)
  }
  expect((await site.post(`${item}/picture`, {}, { as: 'coordinator' })).status).toBe(404)
  const note = await site.bringOne('note.txt', 'no picture')
  expect(await statusesOf(site, [`${note}/picture`, `${note}/picture/small`], 'cyber-adviser')).toEqual([
    404, 404,
  ])
})

test('S10 a page draws what was made of the pixels and never a byte of the original, and nothing else may run in it', async () => {
  const item = await site.bringOne('holiday.jpg', await photo('#654321'))
  const page = await untilMade(item)
  expect(page).toContain(`src="${item}/picture/whole"`)
  expect(page).toContain('It has 90 by 60 pixels, all of which are shown.')
  expect((await site.show(site.path)).text).toContain(`src="${item}/picture/small"`)
  expect((await site.show(item)).text).toContain('Picture made again from the pixels')
  for (const which of ['whole', 'small']) {
    const answer = await fetchAs('cyber-adviser', `${item}/picture/${which}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.includes('SECRET')).toBe(false)
    expect((await sharp(bytes).metadata()).width).toBe(90)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; sandbox")
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
  expect((await fetchAs('manager', `${item}/picture/whole`)).status).toBe(404)
})

test('each look at a picture is an act, and what a page draws is the rest of the look at that page', async () => {
  const item = await site.bringOne('once.jpg', await photo('#abcdef'))
  await untilMade(item)
  const itemId = item.split('/').at(-1)
  const looks = () => count(`unwatched.act where verb = 'picture-looked-at' and subject = $1`, itemId)
  const opened = (again: boolean) =>
    count(
      `unwatched.act where verb = 'case-opened' and person_id is not null and case_id = $1
        and (detail ? 'again') = $2`,
      site.caseId,
      again,
    )
  const [before, first, rest] = [await looks(), await opened(false), await opened(true)]
  await site.show(`${item}/picture`)
  await site.show(`${item}/picture/whole`)
  await site.show(`${item}/picture/small`)
  expect([(await looks()) - before, (await opened(false)) - first, (await opened(true)) - rest]).toEqual([
    1, 1, 2,
  ])
})

test('a picture has sizes that work by links alone, in a region that the keyboard can move', async () => {
  const item = await site.bringOne('sizes.jpg', await photo('#010203'))
  const page = await untilMade(item)
  expect(page).toContain('class="picture picture--fits"')
  expect(page).toMatch(/role="region"[^>]*tabindex="0"/)
  expect((await site.show(`${item}/picture?size=400`)).text).toContain('width="360" height="240"')
  expect((await site.show(`${item}/picture?size=50`)).text).toContain('width="45" height="30"')
  for (const size of ['0', '99999', 'x"><script>', '-1'])
    expect((await site.show(`${item}/picture?size=${encodeURIComponent(size)}`)).text).toContain(
      'picture--fits',
    )
})

test('what cannot be looked at says why, is drawn nowhere, and is tried again when somebody asks', async () => {
  const broken = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60, 7)]))
  const item = await site.bringOne('broken.jpg', broken)
  const page = await untilMade(item)
  expect(page).toContain('no picture could be made of it')
  expect(page).not.toContain('<img')
  expect(await statusesOf(site, [`${item}/picture/whole`, `${item}/picture/small`], 'cyber-adviser')).toEqual(
    [404, 404],
  )
  expect((await site.show(item)).text).toContain('No picture to look at could be made')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const drawing = await site.bringOne('drawing.png', svg)
  expect(await statusesOf(site, [`${drawing}/picture`], 'cyber-adviser')).toEqual([404])
  expect((await site.post(`${item}/picture`, {}, { as: 'cyber-adviser' })).status).toBe(303)
  const tries = () => count('unwatched.safe_copy where item_id = $1', item.split('/').at(-1))
  while ((await tries()) < 2) await new Promise(done => setTimeout(done, 50))
  expect((await site.post(`${drawing}/picture`, {}, { as: 'cyber-adviser' })).status).toBe(404)
})

test('nothing is shown of a picture that was set aside, and it is shown again when that is taken back', async () => {
  const item = await site.bringOne('aside.jpg', await photo('#0f0f0f'))
  await untilMade(item)
  const read = (what: string) => site.post(`${item}/reading`, { read: what }, { as: 'cyber-adviser' })
  expect((await read('nothing')).status).toBe(303)
  const page = (await site.show(`${item}/picture`)).text
  expect(page).toContain('This exhibit was set aside')
  expect(page).not.toContain('<img')
  expect(await statusesOf(site, [`${item}/picture/whole`, `${item}/picture/small`], 'cyber-adviser')).toEqual(
    [404, 404],
  )
  await site.readToEnd(item)
  expect((await site.show(site.path)).text).not.toContain(`src="${item}/picture/small"`)
  await read('whole')
  await site.readToEnd(item)
  expect((await site.show(`${item}/picture`)).text).toContain('<img')
  expect((await site.show(site.path)).text).toContain(`src="${item}/picture/small"`)
})

test('S7 what was made of a picture is kept, and no program role changes or removes it', async () => {
  await expect(
    asOwner(site.world.ownerUrl, client => client.query('delete from unwatched.safe_copy')),
  ).rejects.toThrow('append-only')
  await expect(
    asOwner(site.world.ownerUrl, client => client.query('update unwatched.safe_copy set attempt = 9')),
  ).rejects.toThrow('append-only')
})
