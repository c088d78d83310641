import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
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

const root = fileURLToPath(new URL('../../', import.meta.url))
const own = fileURLToPath(new URL('./assets/', import.meta.url))
const require = createRequire(import.meta.url)
const govuk = path.dirname(require.resolve('govuk-frontend/package.json'))
const moj = path.dirname(require.resolve('@ministryofjustice/frontend/package.json'))
/** The directory that holds node_modules: MoJ Frontend's own sheets start their paths there. */
const packages = path.dirname(path.dirname(govuk))

let key: string | undefined

/** The name of this set of assets: a digest of our files and of the versions they are made from. */
export function assetKey(): string {
  if (key) return key
  const digest = createHash('sha256')
  for (const file of ['style.scss', 'start.js', 'icon.svg']) digest.update(readFileSync(path.join(own, file)))
  for (const folder of [govuk, moj]) digest.update(readFileSync(path.join(folder, 'package.json')))
  key = digest.digest('hex').slice(0, 16)
  return key
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

async function compileSheet(): Promise<Buffer> {
  const { compile, Logger } = await import('sass')
  const { css } = compile(path.join(own, 'style.scss'), {
    loadPaths: [packages, path.join(packages, 'node_modules')],
    style: 'compressed',
    // MoJ Frontend warns of what it uses of older GOV.UK Frontend: nothing for our log
    logger: Logger.silent,
  })
  return Buffer.from(css)
}

/** Takes the compiled sheet from the cache, or compiles it and leaves it there for the next start. */
async function readSheet(cacheDirectory: string): Promise<Buffer> {
  const cached = path.join(cacheDirectory, `style-${assetKey()}.css`)
  try {
    return await readFile(cached)
  } catch {
    const sheet = await compileSheet()
    try {
      await mkdir(cacheDirectory, { recursive: true })
      const half = `${cached}.${process.pid}.half`
      await writeFile(half, sheet)
      await rename(half, cached)
    } catch {
      // a cache that cannot be written costs the next start a second, and nothing else
    }
    return sheet
  }
}

/**
 * Makes everything that pages load: the sheet from GOV.UK Frontend, MoJ Frontend and our own, the scripts, and
 * MoJ's small icons. No font, no crown, no logo.
 */
export async function buildAssets(cacheDirectory = path.join(root, '.cache')): Promise<Assets> {
  const text = 'text/javascript; charset=utf-8'
  const assets = new Map<string, Asset>([
    ['style.css', { type: 'text/css; charset=utf-8', body: await readSheet(cacheDirectory) }],
    ['start.js', { type: text, body: await readFile(path.join(own, 'start.js')) }],
    ['icon.svg', { type: 'image/svg+xml', body: await readFile(path.join(own, 'icon.svg')) }],
  ])
  const script = await readFile(path.join(govuk, 'dist/govuk/govuk-frontend.min.js'), 'utf8')
  const withoutMap = script.replace(/\/\/# sourceMappingURL=.*\s*$/, '')
  assets.set('govuk-frontend.js', { type: text, body: Buffer.from(withoutMap) })
  for (const name of plainScripts) {
    assets.set(name, { type: text, body: await readPlainScript(path.join(own, 'plain', name)) })
  }
  const icons = path.join(moj, 'moj/assets/images')
  for (const name of await readdir(icons)) {
    if (!/^icon-[a-z-]+\.svg$/.test(name)) continue
    assets.set(`images/${name}`, { type: 'image/svg+xml', body: await readFile(path.join(icons, name)) })
  }
  return new Map(
    await Promise.all([...assets].map(async ([name, asset]) => [name, await compress(asset)] as const)),
  )
}

/**
 * The longest script that a browser does not keep a compiled copy of, under the address it came from. Chromium does so from
 * 1 024 bytes on, whatever the answer says of caching.
 */
// V8CodeCache in Chromium, kMinimalCodeLength
export const longestUnkeptScript = 1023

/** A short script as it is sent: without what is said about it and without indentation. */
async function readPlainScript(file: string): Promise<Buffer> {
  const source = await readFile(file, 'utf8')
  const lines = source.split('\n').map(line => line.trim())
  const said = lines.filter(line => line !== '' && !/^(\/\/|\/\*\*.*\*\/$)/.test(line))
  return Buffer.from(said.join('\n'))
}

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
