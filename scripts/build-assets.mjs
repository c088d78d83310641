// What pages load, made once at the build: the sheet from GOV.UK Frontend, MoJ Frontend and our own, the scripts, and
// MoJ's small icons. No font, no crown, no logo.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compile, Logger } from 'sass'

const require = createRequire(import.meta.url)
const govuk = dirname(require.resolve('govuk-frontend/package.json'))
const moj = dirname(require.resolve('@ministryofjustice/frontend/package.json'))
/** The folder that holds node_modules: MoJ Frontend's own sheets start their paths there. */
const packages = dirname(dirname(govuk))

export function makeAssets(from, to) {
  mkdirSync(join(to, 'images'), { recursive: true })
  for (const name of ['start.js', 'icon.svg']) copyFileSync(join(from, name), join(to, name))
  writeFileSync(join(to, 'style.css'), compileSheet(join(from, 'style.scss')))
  const script = readFileSync(join(govuk, 'dist/govuk/govuk-frontend.min.js'), 'utf8')
  writeFileSync(join(to, 'govuk-frontend.js'), script.replace(/\/\/# sourceMappingURL=.*\s*$/, ''))
  for (const name of readdirSync(join(from, 'plain'))) {
    writeFileSync(join(to, name), shorten(readFileSync(join(from, 'plain', name), 'utf8')))
  }
  const icons = join(moj, 'moj/assets/images')
  for (const name of readdirSync(icons).filter(name => /^icon-[a-z-]+\.svg$/.test(name))) {
    copyFileSync(join(icons, name), join(to, 'images', name))
  }
}

/** Whose work is in what was made: their packages are not there any more to say so. */
export function nameOrigins() {
  const lines = [govuk, moj].map(folder => {
    const { name, version, license, repository } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    return `${name} ${version}, Crown copyright, ${license} licence: ${repository.url ?? repository}`
  })
  return `The sheet, govuk-frontend.js and the icons in this folder are made from:\n${lines.join('\n')}\n`
}

function compileSheet(file) {
  return compile(file, {
    loadPaths: [packages, join(packages, 'node_modules')],
    style: 'compressed',
    // MoJ Frontend warns of what it uses of older GOV.UK Frontend: nothing for our log
    logger: Logger.silent,
  }).css
}

/** A short script as it is sent: without what is said about it and without indentation. */
function shorten(source) {
  const lines = source.split('\n').map(line => line.trim())
  return lines.filter(line => line !== '' && !/^(\/\/|\/\*\*.*\*\/$)/.test(line)).join('\n')
}
