import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import type { SiteAnswer } from '../../../../test/support/test-site.ts'
import { sayIndicatorProblems, writeIndicatorMetrics } from '../../../app/indicator-metrics.ts'
import { accessCase } from '../../../audit/operations/access-case.ts'
import { sha256 } from '../../../foundation/digest.ts'
import { checkMeaning } from '../../device-check/check-meaning.ts'

let site: MapSite
let folder: string
const as = { as: 'cyber-adviser' } as const
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-indicators-'))
  site = await openMapSite({ indicatorFolder: folder })
  await site.add(['phone', 'apple-account'])
})
afterAll(async () => {
  await site.close()
  await rm(folder, { recursive: true, force: true })
})

const things = () => `${site.base}/things`
const phone = () => `${things()}/t1/check`
const day = { 'day-day': '1', 'day-month': '3', 'day-year': '2026' }
const listDay = { 'list-day-day': '1', 'list-day-month': '3', 'list-day-year': '2026' }
const words = {
  looked: ['apps', 'profiles'],
  way: 'in-hand',
  'looked-by': 'Robin Fairweather',
  ...day,
  outcome: 'nothing',
  words: '',
}
const apps = { 'list-kind': 'apps', 'list-way': 'in-hand', 'list-by': 'Robin Fairweather', ...listDay }
const follow = async (answer: SiteAnswer) => {
  expect(answer.status, answer.text.slice(0, 200)).toBe(303)
  return site.get(answer.location ?? '', as)
}

test('somebody who may not see the map finds no check, and a role that may only look changes nothing', async () => {
  const made = await site.post(phone(), words, as)
  const result = made.location ?? ''
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    for (const path of [phone(), `${result}/list`])
      expect((await site.get(path, { as: role })).status, `${role} ${path}`).toBe(404)
  expect((await site.get(phone())).location).toContain('/sign-in')
  const idva = await site.get(phone(), { as: 'idva' })
  expect(idva.text).toContain('Robin Fairweather')
  expect(idva.text).not.toContain('Keep this check')
  for (const path of [phone(), `${phone()}/list`])
    expect((await site.post(path, words, { as: 'idva' })).status, path).toBe(404)
})

test('a check is kept with who looked, how and when, and nothing found says what that can show', async () => {
  const empty = await site.post(phone(), {}, as)
  expect(empty.status).toBe(422)
  for (const message of [
    'Select what was looked at',
    'Select how it was looked at',
    'Enter who looked',
    'Enter the day it was looked at',
    'Select whether anything was found',
  ])
    expect(empty.text).toContain(message)
  // The other form on the page is ready, with today filled in.
  expect(empty.text).toMatch(/id="list-day-day"[^>]* value="2"/)
  const future = await site.post(
    phone(),
    { ...words, 'day-year': '2999', outcome: 'found', way: 'phone', looked: ['__proto__'] },
    as,
  )
  for (const message of ['must be today or earlier', 'Enter what was found', 'Select what was looked at'])
    expect(future.text).toContain(message)

  const { text } = await follow(await site.post(phone(), { ...words, _once: 'once-device-check-aaaa' }, as))
  for (const said of [
    'Apps, Profiles and device management',
    '1 March 2026',
    'Seen on the device',
    checkMeaning.nothingFound,
  ])
    expect(text).toContain(said)
  const before = (await site.get(phone(), as)).text.split('Nothing found').length
  await site.post(phone(), { ...words, _once: 'once-device-check-aaaa' }, as)
  expect((await site.get(phone(), as)).text.split('Nothing found').length).toBe(before)

  const told = await follow(
    await site.post(
      phone(),
      { ...words, way: 'phone', outcome: 'found', words: 'A <b>heron</b>\nprofile' },
      as,
    ),
  )
  expect(told.text).toContain(checkMeaning.byPhone)
  expect(told.text).toContain('Told, and not seen by the clinic')
  expect(told.text).toContain('A &lt;b&gt;heron&lt;/b&gt;')
})

test('S14 without indicator files the page says that there are none, and that no match is not clean', async () => {
  expect((await site.get(phone(), as)).text).toContain(checkMeaning.noIndicators)
  const { text } = await follow(
    await site.post(`${phone()}/list`, { ...apps, 'list-text': 'package:org.example.heron' }, as),
  )
  expect(text).toContain('1 app was read')
  expect(text).toContain(checkMeaning.noIndicators)
})

test('a folder that is missing is reported to the person who starts the clinic, and in its figures', async () => {
  const nowhere = join(folder, 'nowhere')
  expect(await sayIndicatorProblems(nowhere)).toEqual(['Indicator files: the folder cannot be read.'])
  const figures = await writeIndicatorMetrics({ ...site.world.clinic, indicatorFolder: nowhere })
  expect(figures).toContain('unwatched_indicator_files{state="wrong"} 1')
  expect(await sayIndicatorProblems(null)).toEqual([])
})

test('a list of apps is compared with the files an operator put there, and a broken file stops nothing', async () => {
  await writeFile(
    join(folder, 'ioc-2026-01-01.yaml'),
    '- name: Example Watcher\n  type: stalkerware\n  packages: [org.example.watcher]\n',
  )
  await writeFile(join(folder, 'broken.yaml'), '- name: [')
  await writeFile(join(folder, 'odd.csv'), 'package,name\norg.example.family,Example Family\n')
  const list = [
    'package:/system/app/A/A.apk=org.example.phone  installer=null',
    'package:/data/app/~~a==/b/base.apk=org.example.watcher  installer=com.android.shell',
    'not <i>one</i>',
    'package:org.example\u0001.x',
  ].join('\n')
  const bytes = Buffer.from(list, 'utf8')
  const sent = await site.post(`${phone()}/list`, apps, {
    ...as,
    files: [{ field: 'list-file', name: '../../<x>.txt', bytes: list }],
  })
  const { text } = await follow(sent)
  for (const said of [
    '2 apps were read',
    'ioc-2026-01-01.yaml',
    'Line 2: org.example.watcher is a package of Example Watcher, listed as stalkerware (ioc-2026-01-01.yaml)',
    'Line 2: org.example.watcher was put there from a computer',
    checkMeaning.match,
    checkMeaning.beforeRemoving,
    '2 lines were not read',
    'Line 3 is not the name of an app’s package: <bdi>not &lt;i&gt;one&lt;/i&gt;</bdi>',
    '⟨U+0001⟩',
    sha256(bytes),
    'Something found',
  ])
    expect(text + (await site.get(phone(), as)).text).toContain(said)
  // What a list shows counts as found, whatever else is said, and needs no words.
  const said = await follow(
    await site.post(sent.location ?? '', { ...words, looked: ['apps'], way: 'brought', seen: '1' }, as),
  )
  expect(said.text).toContain('Seen on what the client brought')
  expect(said.text).toMatch(/value="found" checked/)
  const kept = await site.get(`${sent.location}/list`, as)
  expect(kept.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(kept.text).toBe(list)
  expect((await site.get(phone(), as)).text).toContain('<bdi>broken.yaml</bdi> is not YAML that can be read')
  const clean = await follow(
    await site.post(`${phone()}/list`, { ...apps, 'list-text': 'package:org.example.heron\r\n' }, as),
  )
  expect(clean.text).toContain('No app on this list stands in those files')
  expect(clean.text).toContain(checkMeaning.noMatch)
})

test('a list that is not there, given twice or too large gets a clear word, and what was pasted stays', async () => {
  const file = { field: 'list-file', name: 'list.txt', bytes: 'package:org.example.heron' }
  const none = await site.post(`${phone()}/list`, {}, as)
  expect(none.status).toBe(422)
  for (const message of ['Select what the list is of', 'Paste the list, or choose its file'])
    expect(none.text).toContain(message)
  const both = await site.post(
    `${phone()}/list`,
    { ...apps, 'list-text': 'kept text' },
    { ...as, files: [file] },
  )
  for (const said of ['not both', 'kept text', 'Choose the file again']) expect(both.text).toContain(said)
  const post = async (bytes: string) =>
    (await site.post(`${phone()}/list`, apps, { ...as, files: [{ ...file, bytes }] })).text
  expect(await post('a'.repeat(1_100_000))).toContain('must be smaller than 1 MB')
  expect(await post('a\n'.repeat(20_001))).toContain('must have 20,000 lines or fewer')
  expect(await post(' \n')).toContain('must have something in it')
  expect(await post('')).toContain('must have something in it')
  expect(await post('\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u0000')).toContain('The list must be text')
})

test('S8 nothing of a check lies readable in the database, and no state of one can be changed', async () => {
  await asOwner(site.world.ownerUrl, async client => {
    const { rows } = await client.query('select device_check::text as row from unwatched.device_check')
    expect(rows.length).toBeGreaterThan(4)
    for (const { row } of rows) expect(row).not.toMatch(/heron|Fairweather|watcher/)
    for (const { sealed_list: list } of (await client.query('select sealed_list from unwatched.device_check'))
      .rows)
      expect(String(list)).not.toMatch(/heron/)
    await expect(client.query("update unwatched.device_check set change = 'corrected'")).rejects.toThrow()
    await expect(client.query('delete from unwatched.device_check')).rejects.toThrow()
  })
})

test('S5 the database shows a check to nobody who has not opened the map of its case', async () => {
  const count = (part?: 'map' | 'plan') =>
    site.world.clinic.database.transaction(site.world.as('cyber-adviser'), async transaction => {
      if (part) await accessCase(transaction, { caseId: site.caseId, part, mode: 'read' })
      const found = await sql<{ n: number }>`select count(*)::int as n from unwatched.device_check`.execute(
        transaction.tables(),
      )
      return found.rows[0]?.n ?? 0
    })
  expect([await count(), await count('plan')]).toEqual([0, 0])
  expect(await count('map')).toBeGreaterThan(4)
})
