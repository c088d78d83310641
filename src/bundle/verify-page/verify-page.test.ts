import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  alterFiles,
  alterJson,
  alterLists,
  type Bag,
  type Forgery,
  relist,
} from '../../../test/support/adversary.ts'
import { findBrowser } from '../../../test/support/find-browser.ts'
import { makeBundles } from '../../../test/support/made-bundle.ts'
import { makeOldBundle } from '../../../test/support/old-bundle.ts'
import {
  growLog,
  loadZip,
  makeSampleBundle,
  makeSigner,
  readMemory,
} from '../../../test/support/sample-bundle.ts'
import { writeVerifierKey } from '../../evidence/checkpoint-key.ts'
import { sha256 } from '../../foundation/digest.ts'
import { readVerifyPage } from '../build.ts'
import { verifyBundle } from '../verify.ts'

const page = Buffer.from(readVerifyPage()).toString()
const sample = makeSampleBundle()
const key = writeVerifierKey(sample.input.clinicKey)
const files = await loadZip(await buffer(sample.build()))
const { first, second } = await makeBundles(4)

type Judged = {
  readonly verdict: string
  readonly standings: ReadonlyMap<string, string>
  readonly said: string
}

/** The script of the page, run as it stands, with the files as a browser would hand them over. */
const script = /<script>(.*)<\/script>/s.exec(page)?.[1] ?? ''
const { judgeFolder } = new Function(`${script}\nreturn { judgeFolder }`)() as {
  readonly judgeFolder: (
    list: readonly object[],
    key: string,
    say: (result: string, title: string, why: string) => void,
  ) => Promise<Judged>
}

async function judge(bag: ReadonlyMap<string, Uint8Array>, keyText: string): Promise<Judged> {
  const list = [...bag].map(([path, bytes]) => ({
    webkitRelativePath: `bundle/${path}`,
    arrayBuffer: async () => Uint8Array.from(bytes).buffer,
  }))
  const said: string[] = []
  const judged = await judgeFolder(list, keyText, (result, title, why) => {
    if (result === 'fail') said.push(`${title}: ${why}`)
  })
  return { ...judged, said: said.join('\n') }
}

test('the page says of a bundle what the program says: signed, not proved, or only its exhibits', async () => {
  for (const made of [first, second]) {
    const good = await judge(made.files, writeVerifierKey(made.input.clinicKey))
    expect(good).toMatchObject({ verdict: 'signed', said: '' })
    expect(new Set(good.standings.values())).toEqual(new Set(['signed']))
    expect((await judge(made.files, '')).verdict).toBe('not-proved')
    expect((await judge(made.files, writeVerifierKey(makeSigner('another')))).verdict).toBe('wrong')
    expect((await judge(made.files, 'not a key')).verdict).toBe('wrong')
  }
  const signer = makeSigner('clinic')
  const grown = growLog(signer)
  for (const { digest } of sample.input.exhibits) grown.append({ minute: 1, act: 'arrived', item: digest })
  const old = await makeOldBundle(sample.input, grown)
  const judged = await judge(old, key)
  expect(judged).toMatchObject({ verdict: 'exhibits-signed', said: '' })
  expect(judged.standings.get('data/chronology.csv')).toBe('listed')
  expect((await judge(old, '')).verdict).toBe('not-proved')
  // Without its statement and its exhibits, nothing is left that anybody signed.
  const bare = makeSampleBundle().input
  const stripped = await makeOldBundle({ ...bare, exhibits: [] }, growLog(signer))
  const [onPage, inProgram] = [
    await judge(stripped, key),
    await verifyBundle(readMemory(stripped), { publicKey: sample.input.clinicKey }),
  ]
  expect([onPage.verdict, inProgram.verdict]).toEqual(['wrong', 'wrong'])
  expect(onPage.said).toContain('unwatched-statement.json is not there, and no exhibit either')
  expect(inProgram.checks.find(({ id }) => id === 'statement')?.places.join()).toContain('no exhibit either')
})

test('what an adversary alters is wrong on the page too, file by file as the program says', {
  timeout: 180_000,
}, async () => {
  const outside = { publicKey: first.input.clinicKey }
  const keyText = writeVerifierKey(first.input.clinicKey)
  const json = [...alterJson(first.files)].filter((_, index) => index % 7 === 0)
  for (const forgeries of [alterFiles(first.files), alterLists(first.files), json]) {
    for (const { what, bag, places } of forgeries) {
      const judged = await judge(bag, keyText)
      expect(judged.verdict, what).toBe('wrong')
      for (const place of places) {
        expect(judged.said, what).toContain(place)
        expect(judged.standings.get(place), `${what}: ${place}`).not.toBe('signed')
      }
      const program = await verifyBundle(readMemory(bag), outside)
      // What a statement that nobody signed says of files that are not here, each may read as far as it likes.
      const here = (standings: Iterable<readonly [string, string]>) =>
        [...standings].filter(([path]) => bag.has(path)).sort()
      expect(here(judged.standings), what).toEqual(
        here(program.files.map(({ path, status }) => [path, status])),
      )
    }
  }
})

test('parts of another genuine bundle are wrong on the page too', async () => {
  const keyText = writeVerifierKey(first.input.clinicKey)
  for (const path of new Set([...first.files.keys(), ...second.files.keys()])) {
    const bytes = second.files.get(path)
    const bag: Bag = new Map(first.files)
    if (bytes) bag.set(path, bytes)
    else bag.delete(path)
    relist(bag)
    const isSame = [...bag].every(
      ([name, content]) => sha256(content) === sha256(first.files.get(name) ?? ''),
    )
    expect((await judge(bag, keyText)).verdict, path).toBe(
      isSame && bag.size === first.files.size ? 'signed' : 'wrong',
    )
  }
})

const folder = mkdtempSync(join(tmpdir(), 'verify-page-'))
let browser: Browser
let tab: Page
/** What the page asked for since it was opened. */
let asked: string[] = []
beforeAll(async () => {
  const { executablePath, args, env } = await findBrowser()
  browser = await chromium.launch({
    executablePath,
    args: [...args],
    env: { ...env } as { [name: string]: string },
  })
  tab = await browser.newPage()
  tab.on('request', request => asked.push(request.url()))
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Lays a bundle out in a folder and checks it in a browser, with a page that did not come with it. */
async function checkInBrowser(name: string, bag: ReadonlyMap<string, Uint8Array>, keyText: string) {
  const root = join(folder, name)
  for (const [path, bytes] of bag) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), bytes)
  }
  await writeFile(join(folder, 'verify.html'), page)
  asked = []
  await tab.goto(pathToFileURL(join(folder, 'verify.html')).href)
  await tab.getByLabel('The unpacked folder').setInputFiles(root)
  await tab.getByLabel('public key').fill(keyText)
  await tab.getByRole('button', { name: 'Check' }).click()
  const verdict = tab.getByRole('status')
  await verdict.filter({ hasText: /Whole|wrong|could not|Exhibits/ }).waitFor()
  return {
    verdict: await verdict.textContent(),
    failed: (await tab.locator('li[data-result=fail]').allTextContents()).join('\n'),
    unsigned: await tab.locator('#files ul:not([data-standing=signed]) li').allTextContents(),
    asked: asked.filter(url => !url.startsWith('file:')),
  }
}

test('in a browser the page checks a bundle and asks nobody anything', async () => {
  const good = { failed: '', unsigned: [], asked: [] }
  expect(await checkInBrowser('good', files, key)).toEqual({
    verdict: 'Whole, and signed with the key you brought',
    ...good,
  })
  expect(await checkInBrowser('good', files, '')).toEqual({
    verdict: 'Whole, but not proved to be ours',
    ...good,
  })
  const other = writeVerifierKey(makeSigner('another'))
  expect((await checkInBrowser('good', files, other)).verdict).toBe('Something is wrong')
})

test('in a browser a forger who makes every unsigned sum right again is named, file by file', {
  timeout: 180_000,
}, async () => {
  const forgeries: readonly Forgery[] = [
    ...[...alterFiles(files)].filter((_, index) => index % 17 === 0),
    ...[...alterLists(files)].filter((_, index) => index % 23 === 0),
    ...[...alterJson(files)].filter((_, index) => index % 61 === 0),
  ]
  expect(forgeries.length).toBeGreaterThan(25)
  for (const [index, { what, bag, places }] of forgeries.entries()) {
    const said = await checkInBrowser(`forged-${index}`, bag, key)
    expect(said.verdict, what).toBe('Something is wrong')
    for (const place of places) {
      expect(said.failed, what).toContain(place)
      expect(said.unsigned, what).toContain(place)
    }
  }
})

test('a page that came with the bundle says that it proves nothing against its sender', () => {
  expect(page).toContain('it proves nothing against whoever sent it')
  expect(page).toContain('unwatched verify')
})
