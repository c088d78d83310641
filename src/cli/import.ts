import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { readItem } from '../evidence/operations/read-item.ts'
import { type NotTakenIn, takeInEvidence } from '../evidence/operations/take-in-evidence.ts'
import { readArguments } from './arguments.ts'
import { onCaseOfClinic } from './on-clinic.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched import CASE FILE… --brought-by INITIALS --how TEXT [--zone ZONE] [--date-order day-first|month-first]

Takes files in as evidence of a case: hashed, sealed, in custody, with a receipt for each, then read onto its line of
time. CASE is the case's reference. Works beside a clinic that is being served.

  --brought-by INITIALS   the initials of who brought the files; their exhibit references begin with them
  --how TEXT              how the files were obtained, and on what device
  --zone ZONE             the time zone of the phone, such as Europe/London, where it is known
  --date-order ORDER      day-first or month-first, where it is known

Exit codes: 0 all taken in; 1 some were refused; 2 a file or the case cannot be used.
`

const refusals: Readonly<Record<NotTakenIn['because'], string>> = {
  empty: 'is empty, so there is nothing to keep',
  'too-large': 'is larger than one file may be',
  'broken-off': 'broke off while it was being read',
  'no-producer': 'needs --brought-by to be one to five letters',
  'not-in-sight': 'is for a case that is not open',
}

/** Takes files in as evidence. */
export async function importFiles(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = {
    'brought-by': { type: 'string' },
    how: { type: 'string' },
    zone: { type: 'string' },
    'date-order': { type: 'string' },
  } as const
  const read = readArguments(args, flags, help, terminal)
  if (typeof read === 'number') return read
  const [caseName, ...files] = read.files
  const broughtBy = read.text('brought-by')
  const how = read.text('how')
  if (!caseName || files.length === 0 || !broughtBy || !how) {
    terminal.err(
      'Give a case, at least one file, --brought-by and --how. unwatched import --help explains them.',
    )
    return 64
  }
  const zone = read.text('zone')
  const dateOrder = read.text('date-order')
  if (dateOrder !== undefined && dateOrder !== 'day-first' && dateOrder !== 'month-first') {
    terminal.err(`--date-order must be day-first or month-first, and is “${dateOrder}”.`)
    return 64
  }
  for (const file of files) {
    const about = await stat(file).catch(() => null)
    if (!about?.isFile()) {
      terminal.err(about ? `${file} is not a file.` : `${file} is not there.`)
      return 2
    }
  }
  return onCaseOfClinic(caseName, terminal, async (clinic, caseId) => {
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-command-line' } as const
    let refused = 0
    for (const [index, file] of files.entries()) {
      terminal.err(`${index + 1} of ${files.length}: ${basename(file)} …`)
      const taken = await takeInEvidence(clinic, actor, caseId, {
        name: basename(file),
        broughtBy,
        howObtained: how,
        body: createReadStream(file, { highWaterMark: 1024 * 1024 }),
        answers: { ...(zone ? { zone } : {}), ...(dateOrder ? { dateOrder } : {}) },
      })
      if (taken.kind === 'refused') {
        refused += 1
        terminal.err(`${file} ${refusals[taken.because]}. Nothing of it was kept.`)
        continue
      }
      await readItem(clinic, caseId, taken.itemId)
      terminal.out(
        `${taken.exhibitRef}  ${taken.sha256}  ${taken.isNew ? 'new' : 'arrived before'}  ${basename(file)}`,
      )
    }
    return refused > 0 ? 1 : 0
  })
}
