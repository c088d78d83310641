import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { assetHref, assetKey, buildAssets, longestUnkeptScript, plainScripts } from './assets.ts'

test('the sheet is compiled once, wears nothing of the government and asks nobody else for anything', async () => {
  const cache = await mkdtemp(path.join(tmpdir(), 'sheet-'))
  try {
    const first = await buildAssets(cache)
    expect(await readdir(cache)).toEqual([`style-${assetKey()}.css`])
    const second = await buildAssets(cache)
    expect(second.get('style.css')?.body.equals(first.get('style.css')?.body ?? Buffer.alloc(0))).toBe(true)

    const sheet = first.get('style.css')?.body.toString() ?? ''
    expect(sheet).toContain('.govuk-button')
    expect(sheet).toContain('.moj-timeline')
    expect(sheet).not.toMatch(/GDS Transport|@font-face|crown|crest|govuk-header/i)
    for (const [, address = ''] of sheet.matchAll(/url\(["']?([^"')]+)/g)) {
      expect(first.has(address.replace(/^\.\//, ''))).toBe(true)
    }
    expect([...first.keys()].filter(name => /crown|crest|logo/.test(name))).toEqual([])
  } finally {
    await rm(cache, { recursive: true })
  }
})

test('the address of an asset changes with its content', () => {
  expect(assetHref('style.css')).toMatch(/^\/assets\/[0-9a-f]{16}\/style\.css$/)
})

test('S3 no script of a page for everybody is so long that a browser keeps what it made of it', async () => {
  const assets = await buildAssets()
  for (const name of plainScripts) {
    const body = assets.get(name)?.body ?? Buffer.alloc(9_999)
    expect([name, body.length <= longestUnkeptScript, body.length]).toEqual([name, true, body.length])
  }
})
