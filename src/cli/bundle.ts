import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { withCase } from '../audit/operations/access-case.ts'
import { buildBundleFile } from '../bundle/operations/build-bundle-file.ts'
import { listBundles } from '../bundle/operations/load-bundles.ts'
import { openBundle } from '../bundle/operations/open-bundle.ts'
import { readArguments } from './arguments.ts'
import { onCaseOfClinic } from './on-clinic.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched bundle CASE [--to FOLDER]

Writes the newest approved bundle of a case to a file, building it first if the clinic has not done so yet. CASE is
the case's reference. A bundle is asked for by one person and approved by another on the pages of the clinic; the
command line can do neither. Works beside a clinic that is being served.

  --to FOLDER   where to write it (default: this folder); a file that is there is never overwritten

Exit codes: 0 written; 1 no approved bundle; 2 the case or the folder cannot be used.
`

/** Writes an approved bundle to a file. */
export async function bundle(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args, { to: { type: 'string' } }, help, terminal)
  if (typeof read === 'number') return read
  const [caseName, ...rest] = read.files
  if (!caseName || rest.length > 0) {
    terminal.err('Give one case. unwatched bundle --help explains it.')
    return 64
  }
  const folder = read.text('to') ?? '.'
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    terminal.err(`${folder} is not a folder.`)
    return 2
  }
  return onCaseOfClinic(caseName, terminal, async (clinic, caseId) => {
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-command-line' } as const
    const look = { caseId, part: 'bundle', mode: 'read' } as const
    const list = async () =>
      (await withCase(
        clinic.database,
        actor,
        look,
        async transaction => (await listBundles(transaction, caseId)).bundles,
      )) ?? []
    const approved = (await list()).find(each => ['building', 'failed', 'ready'].includes(each.state))
    if (!approved) {
      terminal.err(
        'This case has no approved bundle. One person asks for it and another approves it, on the case’s page.',
      )
      return 1
    }
    if (approved.state !== 'ready') {
      terminal.err('Building the bundle …')
      await buildBundleFile(clinic, caseId, approved.bundleId)
    }
    const opened = await openBundle(clinic, actor, caseId, approved.bundleId)
    if (!opened) {
      terminal.err('The bundle could not be opened.')
      return 1
    }
    const path = join(folder, opened.name)
    try {
      await pipeline(opened.body, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
        terminal.err(`${path} is there already, and is not overwritten.`)
        return 2
      }
      await rm(path, { force: true })
      throw cause
    }
    terminal.out(path)
    return 0
  })
}
