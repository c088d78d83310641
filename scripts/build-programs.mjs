// What starts as a process of its own is put together from its modules: Node opens and compiles each file by itself, and a
// thousand of them take three times as long as the few that are made of them here. Packages stay where they are, and so do the
// modules that others import from this package.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

/** Where a process begins. Whatever two of them share is one file, so that a process has each module once. */
const programs = [
  'cli/terminal.js',
  'cli/unwatched.js',
  'app/work-apart.js',
  'app/page-processes/serve-pages.js',
]

/**
 * Where a module stood, for what it reads beside itself: its text may lie in any of the files that are made. The
 * package's own name for this file is in package.json.
 */
const whereItStood = `import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
export const urlOf = place => new URL(place, import.meta.url).href
export const folderOf = place => dirname(fileURLToPath(urlOf(place)))
`

async function buildPrograms(folder) {
  writeFileSync(join(folder, 'where-it-stood.js'), whereItStood)
  await build({
    entryPoints: programs.map(path => join(folder, path)),
    outbase: folder,
    outdir: folder,
    allowOverwrite: true,
    chunkNames: 'programs/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    legalComments: 'inline',
    logLevel: 'error',
    plugins: [keepPlaces(folder)],
  })
}

function keepPlaces(folder) {
  return {
    name: 'keep-places',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^#where-it-stood$/ }, ({ path }) => ({ path, external: true }))
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (!text.includes('import.meta')) return { contents: text }
        const place = JSON.stringify(relative(folder, path).split('\\').join('/'))
        const contents = text
          .replaceAll('import.meta.url', `urlOf(${place})`)
          .replaceAll('import.meta.dirname', `folderOf(${place})`)
        if (contents.includes('import.meta'))
          throw new Error(`${path} asks of import.meta what a program that was put together cannot say.`)
        return { contents: `import { folderOf, urlOf } from '#where-it-stood'\n${contents}` }
      })
    },
  }
}

await buildPrograms(process.argv[2])
