import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** One file that pages load, in memory. */
export type Asset = {
  readonly type: string
  readonly body: Buffer
  /** The same, compressed; there when it is smaller by it. */
  readonly brotli?: Buffer
  readonly gzip?: Buffer
}

/** The files that pages load, by the name after the key. */
export type Assets = ReadonlyMap<string, Asset>

/** What scripts/build-assets.mjs made, whether this module was built or runs as its source. */
const made = fileURLToPath(new URL('../../dist/web/assets/', import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

let key: string | undefined

/** The name of this set of assets: a digest of all of it. */
export function assetKey(): string {
  if (key) return key
  const digest = createHash('sha256')
  for (const name of listNames()) digest.update(`${name}\n`).update(readFileSync(path.join(made, name)))
  key = digest.digest('hex').slice(0, 16)
  return key
}

function listNames(): readonly string[] {
  return readdirSync(made, { recursive: true, encoding: 'utf8' })
    .filter(name => path.extname(name) in types)
    .map(name => name.split(path.sep).join('/'))
    .sort()
}

export type AssetName = 'style.css' | 'start.js' | 'govuk-frontend.js' | 'icon.svg'

/** The scripts of pages whose readers are not signed in at work. */
export const plainScripts = ['exit.js', 'keys.js', 'page.js', 'password.js'] as const

/**
 * The address of an asset for those who are signed in at work; it changes when anything in the set does, so that
 * browsers may keep it for long.
 */
export function assetHref(name: AssetName): string {
  return `/assets/${assetKey()}/${name}`
}

/** Where the same assets stand for everybody else. Nothing of what comes from here is kept by a browser (S3). */
export const plainPrefix = '/plain/'

export function plainHref(name: AssetName | (typeof plainScripts)[number]): string {
  return `${plainPrefix}${name}`
}

/** Reads everything that pages load. No font, no crown, no logo. */
export async function loadAssets(): Promise<Assets> {
  return new Map(
    await Promise.all(
      listNames().map(async name => {
        const type = types[path.extname(name)] ?? 'application/octet-stream'
        return [name, await compress({ type, body: await readFile(path.join(made, name)) })] as const
      }),
    ),
  )
}

/**
 * The longest script that a browser does not keep a compiled copy of, under the address it came from. Chromium does so from
 * 1 024 bytes on, whatever the answer says of caching.
 */
// V8CodeCache in Chromium, kMinimalCodeLength
export const longestUnkeptScript = 1023

/** Nothing in an asset is secret, so its length may be known. */
async function compress(asset: Asset): Promise<Asset> {
  if (asset.body.length < 1_000) return asset
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  return {
    ...asset,
    brotli: await promisify(brotliCompress)(asset.body, options),
    gzip: await promisify(gzip)(asset.body, { level: 9 }),
  }
}
