import { mkdtempSync, rmSync } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrowser } from '../../../test/support/find-browser.ts'
import { makeSampleBundle, makeSigner, unpackBundle } from '../../../test/support/sample-bundle.ts'
import { writeVerifierKey } from '../../evidence/checkpoint-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-page-'))
const sample = makeSampleBundle()
const { input } = sample
const root = join(folder, input.reference)
beforeAll(async () => {
  await writeFile(join(folder, 'bundle.zip'), await buffer(sample.build()))
  await unpackBundle(join(folder, 'bundle.zip'), root)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function checkInBrowser(key: string) {
  const { executablePath, args, env } = await findBrowser()
  const browser = await chromium.launch({
    executablePath,
    args: [...args],
    env: { ...env } as { [name: string]: string },
  })
  try {
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.goto(pathToFileURL(join(root, 'verify.html')).href)
    await page.getByLabel('The unpacked folder').setInputFiles(root)
    await page.getByLabel('public key').fill(key)
    await page.getByRole('button', { name: 'Check' }).click()
    const verdict = page.getByRole('status')
    await verdict.filter({ hasText: /Whole|wrong|could not/ }).waitFor()
    const failed = await page.locator('li[data-result=fail]').allTextContents()
    return {
      verdict: await verdict.textContent(),
      failed,
      asked: asked.filter(url => !url.startsWith('file:')),
    }
  } finally {
    await browser.close()
  }
}

test('the page in the bundle checks it in a browser, asks nobody anything, and names what was changed', async () => {
  const key = writeVerifierKey(input.clinicKey)
  expect(await checkInBrowser(key)).toEqual({
    verdict: 'Whole, and signed with the key you brought',
    failed: [],
    asked: [],
  })
  expect(await checkInBrowser('')).toMatchObject({ verdict: 'Whole, but not proved to be ours', failed: [] })
  const other = writeVerifierKey(makeSigner('another'))
  expect((await checkInBrowser(other)).verdict).toBe('Something is wrong')
  await appendFile(join(root, 'data', 'chronology.csv'), 'x')
  const changed = await checkInBrowser(key)
  expect(changed.verdict).toBe('Something is wrong')
  expect(changed.failed.join()).toContain('data/chronology.csv was changed')
})
