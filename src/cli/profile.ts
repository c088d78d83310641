import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { readProfile } from '../app/make-clinic.ts'
import { changeProfile } from '../directory/operations/change-profile.ts'
import { readArguments } from './arguments.ts'
import { onClinic } from './on-clinic.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched profile FILE

Gives the clinic that is here the profile in FILE: its public words, its area, its services with their numbers and hours,
how long its appointments are. Everything wrong with the file is listed before anything changes. The clinic's short name
and its agencies stay as they are. It holds from the next page on; which parts changed is recorded, for every coordinator
and administrator to see.
`

const refusals = {
  slug: 'The profile is of another clinic: its slug is not the one of the clinic that is here. Nothing was changed.',
  agencies:
    'The agencies of a clinic cannot be changed: cases and consents hang on them. Leave them as they are in the file. Nothing was changed.',
  'nothing-changed': 'The clinic has this very profile already. Nothing was changed.',
} as const

/** Changes the profile of a clinic that runs. */
export async function profile(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args, {}, help, terminal)
  if (typeof read === 'number') return read
  const [file, ...more] = read.files
  if (file === undefined || more.length > 0) {
    terminal.err('Name one profile file. unwatched profile --help explains it.')
    return 64
  }
  if (!existsSync(file)) {
    terminal.err(`There is no file ${file}.`)
    return 2
  }
  const next = readProfile(await readFile(file, 'utf8'), file)
  return onClinic(terminal, async clinic => {
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
    const result = await clinic.database.transaction(actor, transaction => changeProfile(transaction, next))
    if (!result.allowed) {
      terminal.err(refusals[result.because])
      return result.because === 'nothing-changed' ? 0 : 1
    }
    terminal.out(`${next.name} has another profile. Changed: ${result.changed.join(', ')}.`)
    return 0
  })
}
