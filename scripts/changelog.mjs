// npm run changelog: prints what stands in CHANGELOG.md for the next version, once the changes in changelog/unreleased are
// gathered into it. `npm run changelog -- release 0.2.0 2027-01-31` writes that into the file and removes the gathered ones.
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Under whom a change stands, in this order. */
const headings = [
  'Safety',
  'For clients',
  'For advisers',
  'For the police',
  'For those who run it',
  'For developers',
]
const folder = process.env['CHANGELOG_FOLDER'] ?? fileURLToPath(new URL('../', import.meta.url))
const changelogFile = join(folder, 'CHANGELOG.md')
const unreleased = join(folder, 'changelog', 'unreleased')

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** A change: `# For clients`, an empty line, and one paragraph that begins with its subject in bold. */
function readFragment(name) {
  const [first = '', empty = '', ...rest] = readFileSync(join(unreleased, name), 'utf8').trimEnd().split('\n')
  const heading = first.replace(/^# /, '')
  const text = rest.join(' ').replaceAll(/\s+/g, ' ').trim()
  const at = `changelog/unreleased/${name}`
  if (!/^[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(name)) fail(`${at}: name it in lower-case words with hyphens`)
  if (!first.startsWith('# ') || !headings.includes(heading))
    fail(`${at}: begin with "# " and one of: ${headings.join(', ')}`)
  if (empty !== '' || rest.includes('')) fail(`${at}: write one paragraph below one empty line`)
  if (!/^\*\*[^*]+\.\*\* [A-Z`“"].*[.)]$/.test(text))
    fail(`${at}: begin with the subject, "**Like this.**", and end with a full stop`)
  return { name, heading, text }
}

/** A list item of at most 124 columns. */
function writeItem(text) {
  const lines = ['-']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (`${line} ${word}`.length <= 124) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(`  ${word}`)
  }
  return lines.join('\n')
}

/** What stands before the versions; the unreleased one, by heading; and the released ones as they are. */
function readChangelog(text) {
  const [before = '', ...versions] = text.split(/^(?=## )/m)
  const isOpen = versions[0]?.split('\n')[0]?.endsWith('(unreleased)') ?? false
  const open = isOpen ? versions[0] : ''
  const title = open.split('\n')[0].replace(/^## /, '')
  const entries = new Map()
  for (const part of open.split(/^### /m).slice(1)) {
    const [heading = '', ...rest] = part.split('\n')
    entries.set(heading, rest.join('\n').trim())
  }
  return { before, title, entries, released: (isOpen ? versions.slice(1) : versions).join('') }
}

const fragments = readdirSync(unreleased)
  .filter(name => name.endsWith('.md') && name !== 'README.md')
  .sort()
  .map(readFragment)
const { before, title, entries, released } = readChangelog(readFileSync(changelogFile, 'utf8'))
const unknown = [...entries.keys()].find(heading => !headings.includes(heading))
if (unknown !== undefined) fail(`CHANGELOG.md: "${unknown}" is no heading`)

const sections = headings.flatMap(heading => {
  const gathered = fragments
    .filter(fragment => fragment.heading === heading)
    .map(({ text }) => writeItem(text))
  const items = [...gathered, entries.get(heading) ?? ''].filter(text => text !== '')
  return items.length === 0 ? [] : [`### ${heading}\n\n${items.join('\n')}`]
})
const [command, version, day] = process.argv.slice(2)
if (command === undefined) {
  console.log(`## ${title === '' ? 'The next version (unreleased)' : title}\n\n${sections.join('\n\n')}`)
} else {
  if (command !== 'release' || !/^\d+\.\d+\.\d+$/.test(version ?? '') || !/^\d{4}-\d\d-\d\d$/.test(day ?? ''))
    fail('Use: npm run changelog -- release 0.2.0 2027-01-31')
  if (sections.length === 0) fail('Nothing has changed.')
  const rest = released === '' ? '' : `\n${released}`
  writeFileSync(changelogFile, `${before}## ${version} (${day})\n\n${sections.join('\n\n')}\n${rest}`)
  for (const { name } of fragments) unlinkSync(join(unreleased, name))
  console.log(`CHANGELOG.md now begins with ${version}; ${fragments.length} changes were gathered.`)
}
