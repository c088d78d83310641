// A program of the tests, the attacks or the figures, made plain JavaScript in one file: what it takes from src/ it takes
// from dist/, so that it works with what is served. Each file of it still finds what lies beside it.
import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const src = join(root, 'src')

/** Answers the path of the file it made, in `folder` or in .cache/programs/. */
export async function makePlainProgram(entry, folder = join(root, '.cache/programs')) {
  const outfile = join(folder, `${basename(entry, '.ts')}.mjs`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: [{ name: 'from-dist', setup: fromDist }],
  })
  return outfile
}

function fromDist(builder) {
  builder.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ importer, path }) => {
    const file = join(dirname(importer), path)
    if (!importer || relative(src, file).startsWith('..')) return undefined
    const made = join(root, 'dist', relative(src, file).replace(/\.ts$/, '.js'))
    return { path: pathToFileURL(made).href, external: true }
  })
  builder.onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8')
    const placed = text
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    return { contents: placed, loader: extname(path) === '.ts' ? 'ts' : 'js' }
  })
}
