import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { accessCase } from '../../src/audit/operations/access-case.ts'
import { makePhrases } from '../../src/identity/operations/make-phrases.ts'
import { loadAssets } from '../../src/web/assets.ts'
import { newOnce } from '../../src/web/form.ts'
import { findWholeBrowser } from '../support/find-browser.ts'
import { openTestCase } from '../support/test-case.ts'
import { openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { openTestSite, type TestSite } from '../support/test-site.ts'

vi.setConfig({ testTimeout: 120_000 })

// a name that stands nowhere else on any machine
const host = 'heron-by-the-pond.example'

/**
 * What a browser keeps of every page that was looked at, and no page can keep out of: its history and what hangs on it.
 * The pages say so before anything else. Whatever else holds a word of ours, a page of ours left there.
 */
const history = [
  /^Default\/(History|Top Sites|Favicons|Shortcuts|Visited Links)(-journal)?$/,
  /^Default\/Sessions\//,
  // how much a site is used, by its address
  /^segmentation_platform\//,
  /^Default\/(Preferences|Secure Preferences|Site Characteristics Database\/.*|Network Persistent State|Reporting and NEL.*|DIPS.*|Affiliation Database.*)$/,
]

let world: TestClinic
let site: TestSite
let words: string
let marks: readonly (readonly [string, Buffer])[]

beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  const caseId = await openTestCase(world)
  const made = await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    const once = newOnce()
    return makePhrases(world.clinic, transaction, world.people.coordinator, caseId, {
      check: 'code-words',
      once,
    })
  })
  words = made?.open.join(' ') ?? ''
  const assets = await loadAssets()
  // from the middle of each file, as it is and as it travels
  marks = [
    ['host', Buffer.from(host)],
    ['host', Buffer.from(host, 'utf16le')],
    ...['style.css', 'start.js', 'govuk-frontend.js'].flatMap(name => {
      const asset = assets.get(name)
      return [asset?.body, asset?.brotli, asset?.gzip].flatMap(bytes =>
        bytes ? [[name, bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 40)] as const] : [],
      )
    }),
  ]
})
afterAll(async () => {
  await site.close()
  await world.close()
})

/** Browses on a profile that is kept on the disk, closes the browser as a person does, and hands the profile over. */
async function browse(visit: (page: Page, address: string) => Promise<void>): Promise<readonly string[]> {
  const { executablePath, args, env } = await findWholeBrowser()
  const profile = await mkdtemp(join(tmpdir(), 'profile-'))
  try {
    const known = Object.entries(env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: [...args, `--host-resolver-rules=MAP ${host} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
      env: Object.fromEntries(known),
    })
    try {
      const page = context.pages()[0] ?? (await context.newPage())
      await visit(page, site.address.replace('127.0.0.1', host))
      // Back and forth, as people do: what a page loads twice is what a browser thinks worth keeping
      await page.waitForTimeout(300)
    } finally {
      await context.close()
    }
    return await findMarks(profile)
  } finally {
    await rm(profile, { recursive: true, force: true })
  }
}

async function findMarks(profile: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(profile, path)
    const bytes = await readFile(path)
    for (const [mark, needle] of marks) if (bytes.includes(needle)) found.push(`${name}: ${mark}`)
  }
  return [...new Set(found)].sort()
}

const isHistory = (line: string): boolean =>
  history.some(file => file.test(line.slice(0, line.lastIndexOf(': '))))

async function visitPages(page: Page, address: string): Promise<void> {
  for (let round = 0; round < 3; round += 1)
    for (const path of ['/', '/refer', '/refer/form', '/my/start', '/sign-in', '/nowhere'])
      await page.goto(`${address}${path}`, { waitUntil: 'load' })
  await page.goto(`${address}/my/words`)
  await page.fill('#words', words)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL('**/my')
  for (const path of ['/my/notes', '/my/notes/new', '/my/looks', '/my']) await page.goto(`${address}${path}`)
}

// A cookie of the session stands in a file until the browser is next started; once deleted, its bytes until that file is
// written over. The exit deletes them all, and that is what a page can do.
const isCookie = (line: string): boolean => line.startsWith('Default/Cookies')

test('S3 after the exit, nothing of ours is in the profile outside of its history', async () => {
  const found = await browse(async (page, address) => {
    await visitPages(page, address)
    await page.locator('.govuk-exit-this-page__button').click()
    await page.waitForURL(url => url.hostname !== host)
    expect(await page.context().cookies()).toEqual([])
  })
  expect(found.filter(line => !isHistory(line) && !isCookie(line))).toEqual([])
})

test('S3 after a visit that was simply closed, nothing of ours is in the profile outside of its history', async () => {
  const found = await browse(visitPages)
  expect(found.some(isHistory), 'the test looks where a browser writes').toBe(true)
  expect(found.filter(line => !isHistory(line) && !isCookie(line))).toEqual([])
})
