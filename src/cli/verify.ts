import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readBag } from '../bundle/bagit/read-bag.ts'
import { verifyBag } from '../bundle/bagit/verify-bag.ts'
import { bundlePlaces } from '../bundle/manifest.ts'
import { CannotRead } from '../bundle/read-bag/cannot-read.ts'
import { type OpenBag, openBag } from '../bundle/read-bag/open-bag.ts'
import { type Outside, type Verification, verifyBundle } from '../bundle/verify.ts'
import type { FileStatus } from '../bundle/verify-bundle/find-file-statuses.ts'
import { fileStatusWords, sayVerdict } from '../bundle/verify-bundle/say-verdict.ts'
import { whatAHashShows } from '../bundle/wording.ts'
import { parseVerifierKey } from '../evidence/checkpoint-key.ts'

type Io = { readonly out: (text: string) => void; readonly err: (text: string) => void }

const help = `Usage: unwatched verify PATH [--key FILE|TEXT] [--receipt FILE]... [--bag] [--json]

Checks a bundle: a zip, or the folder it was unpacked to. Needs no database, no network and no key of the clinic's.

  --key FILE|TEXT   the clinic's public key, that you got from the clinic and not with the bundle
  --receipt FILE    a receipt the clinic gave for an item; may be given more than once
  --bag             check only that PATH is a BagIt bag (0.93 to 1.0); warnings are listed
  --json            one JSON object with every check
  --help            this text

Says for each file whether a signature covers it, only a list in the bundle does, or nothing.

Exit: 0 whole (and proved, when --key or --receipt is given), 1 something is wrong or is not proved, 2 cannot be
read, 64 the command was not understood. A bundle made before bundles were signed whole is never proved: only its
exhibits can be (1).
A path that leads out of the bag, by the tricks of any platform, is wrong (1) on every platform; so are links and
names used twice. A zip that is cut short, encrypted, or made to expand without end cannot be read (2).
`

/** `unwatched verify`: says every check of a bundle or a bag, and answers the exit code. */
export async function verify(args: readonly string[], io: Io): Promise<number> {
  const asked = readArguments(args)
  if (typeof asked === 'string') {
    io.err(`${printable(asked)}\nTry: unwatched verify --help`)
    return 64
  }
  if (asked.help) {
    io.out(help)
    return 0
  }
  let bag: OpenBag | undefined
  try {
    bag = await openBag(asked.path)
    return asked.bag ? await sayBag(bag, asked.json, io) : await sayBundle(bag, asked, io)
  } catch (problem) {
    if (!(problem instanceof CannotRead)) throw problem
    if (asked.json)
      io.out(JSON.stringify({ path: asked.path, verdict: 'cannot-be-read', because: problem.message }))
    else io.err(`Cannot be read: ${printable(problem.message)}`)
    return 2
  } finally {
    bag?.close()
  }
}

type Asked = {
  readonly path: string
  readonly help: boolean
  readonly bag: boolean
  readonly json: boolean
  readonly key: string | undefined
  readonly receipts: readonly string[]
}

function readArguments(args: readonly string[]): Asked | string {
  const flag = { type: 'boolean' } as const
  const options = {
    key: { type: 'string' },
    receipt: { type: 'string', multiple: true },
    bag: flag,
    json: flag,
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const { help = false, bag = false, json = false, key, receipt = [] } = values
    const [path] = positionals
    if (!help && (path === undefined || positionals.length > 1)) return 'Give one path: a zip or a folder.'
    return { path: path ?? '', help, bag, json, key, receipts: receipt }
  } catch (problem) {
    return `${(problem instanceof Error ? problem.message : String(problem)).split('. ')[0]}.`
  }
}

async function sayBag({ reader }: OpenBag, json: boolean, io: Io): Promise<number> {
  const problems = verifyBag(await readBag(reader))
  const errors = problems.filter(each => each.severity === 'error')
  const isSound = errors.length === 0
  if (json) io.out(JSON.stringify({ bag: isSound ? 'sound' : 'wrong', problems }))
  else {
    for (const { severity, place, message } of problems) {
      io.out(`${severity === 'error' ? 'wrong  ' : 'warning'}  ${printable(place)}: ${printable(message)}`)
    }
    const warnings = problems.length - errors.length
    const count = warnings === 1 ? ', with 1 warning' : warnings > 1 ? `, with ${warnings} warnings` : ''
    io.out(
      isSound
        ? `This is a sound BagIt bag${count}.`
        : `This is not a sound BagIt bag: ${errors.length} wrong${count}.`,
    )
  }
  return isSound ? 0 : 1
}

async function sayBundle({ reader }: OpenBag, asked: Asked, io: Io): Promise<number> {
  const entries = await reader.list()
  // A bundle with a part torn out is still a bundle, and wrong; something with none of its parts is not one.
  if (!Object.values(bundlePlaces).some(place => entries.some(each => each.path === place))) {
    throw new CannotRead('This is not a bundle of a clinic. To check a plain BagIt bag, add --bag.')
  }
  const verification = await verifyBundle(reader, await readOutside(asked))
  if (asked.json) {
    // What other programs read keeps its names: docs/command-line.md calls what vouches for a file its standing.
    const files = verification.files.map(({ path, status }) => ({ path, standing: status }))
    io.out(JSON.stringify({ path: asked.path, ...verification, files, means: sayVerdict(verification) }))
  } else {
    sayChecks(verification, io)
    sayFiles(verification, io)
    io.out(`\n${sayVerdict(verification)}`)
    for (const line of whatAHashShows) io.out(line)
  }
  const isProofAsked = asked.key !== undefined || asked.receipts.length > 0
  const isGood =
    verification.verdict === 'whole-and-proved' || (!isProofAsked && verification.verdict !== 'wrong')
  return isGood ? 0 : 1
}

function sayChecks(verification: Verification, io: Io): void {
  const words = { pass: 'pass       ', fail: 'WRONG      ', 'not-checked': 'not checked' } as const
  for (const { title, result, detail, places } of verification.checks) {
    io.out(`${words[result]}  ${title}`)
    if (places.length === 0) io.out(`             ${printable(detail)}`)
    for (const place of places.slice(0, 20)) io.out(`             ${printable(place)}`)
    if (places.length > 20) io.out(`             and ${places.length - 20} more; --json lists them all`)
  }
}

/** Names each file under what vouches for it, what nobody vouches for first. */
function sayFiles({ files, signedBy }: Verification, io: Io): void {
  for (const status of ['missing', 'unvouched', 'listed', 'signed'] as const satisfies FileStatus[]) {
    const found = files.filter(file => file.status === status)
    if (found.length === 0) continue
    const whose = status === 'signed' && signedBy === 'key-in-the-bundle' ? ', of a key nobody brought' : ''
    io.out(`\nFiles: ${fileStatusWords[status]}${whose} (${found.length})`)
    for (const { path } of found.slice(0, 20)) io.out(`             ${printable(path)}`)
    if (found.length > 20) io.out(`             and ${found.length - 20} more; --json lists them all`)
  }
}

async function readOutside({ key, receipts }: Asked): Promise<Outside> {
  const texts = receipts.map(async name => ({ name, text: await readText(name, 'receipt') }))
  const read = { receipts: await Promise.all(texts) }
  if (key === undefined) return read
  const publicKey = parseVerifierKey(key) ?? parseVerifierKey(await readText(key, 'key'))
  if (!publicKey) throw new CannotRead('What --key gives is not a public key of a clinic.')
  return { ...read, publicKey }
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (problem) {
    throw new CannotRead(`The ${what} at ${file} cannot be opened.`, problem)
  }
}

/** Names in a hostile bag may hold terminal commands; they are shown, not obeyed. */
function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
