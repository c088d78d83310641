import { expect, test } from 'vitest'
import { assetHref, loadAssets, longestUnkeptScript, plainScripts } from './assets.ts'

test('what pages load wears nothing of the government and asks nobody else for anything', async () => {
  const assets = await loadAssets()
  const sheet = assets.get('style.css')?.body.toString() ?? ''
  expect(sheet).toContain('.govuk-button')
  expect(sheet).toContain('.moj-timeline')
  expect(sheet).not.toMatch(/GDS Transport|@font-face|crown|crest|govuk-header/i)
  const addresses = [...sheet.matchAll(/url\(["']?([^"')]+)/g)].map(([, address = '']) => address)
  expect(addresses.length).toBeGreaterThan(0)
  for (const address of addresses) expect(assets.has(address.replace(/^\.\//, '')), address).toBe(true)
  expect([...assets.keys()].filter(name => /crown|crest|logo|scss/.test(name))).toEqual([])
  for (const name of [...plainScripts, 'start.js', 'govuk-frontend.js', 'icon.svg'])
    expect(assets.has(name), name).toBe(true)
})

test('the address of an asset changes with its content', () => {
  expect(assetHref('style.css')).toMatch(/^\/assets\/[0-9a-f]{16}\/style\.css$/)
})

test('S3 no script of a page for everybody is so long that a browser keeps what it made of it', async () => {
  const assets = await loadAssets()
  for (const name of plainScripts) {
    const body = assets.get(name)?.body ?? Buffer.alloc(9_999)
    expect([name, body.length <= longestUnkeptScript, body.length]).toEqual([name, true, body.length])
  }
})
