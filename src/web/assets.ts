import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** One file that pages load, in memory. */
export type Asset = { readonly type: string; readonly body: Buffer }

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

/** The address of an asset; it changes when anything in the set does, so that browsers may keep it for long. */
export function assetHref(name: 'style.css' | 'start.js' | 'icon.svg'): string {
  return `/assets/${assetKey()}/${name}`
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
  const icons = path.join(moj, 'moj/assets/images')
  for (const name of await readdir(icons)) {
    if (!/^icon-[a-z-]+\.svg$/.test(name)) continue
    assets.set(`images/${name}`, { type: 'image/svg+xml', body: await readFile(path.join(icons, name)) })
  }
  return assets
}
