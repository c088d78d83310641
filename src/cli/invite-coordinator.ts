import { verifyInvited } from '../identity/first-people.ts'
import { inviteAtMachine } from '../identity/operations/invite-at-machine.ts'
import { listPeople } from '../identity/operations/list-people.ts'
import { normaliseSignInName } from '../identity/sign-in-name.ts'
import { readConfig } from '../platform/config.ts'
import { readArguments } from './arguments.ts'
import { joinAddress } from './join-address.ts'
import { onClinic } from './on-clinic.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched invite-coordinator --name NAME --sign-in NAME

Makes a single-use link for a coordinator of the lead agency where no coordinator is left who could approve one: the
only one has gone, or has lost the phone that makes their codes. While a coordinator is at work nothing is made; an
administrator who suspends them first, under People, is recorded as having done so. Somebody who is a coordinator
already keeps their account and gets a new link. Every coordinator and administrator sees that this was done.

  --name NAME      the coordinator's name
  --sign-in NAME   what they type to sign in
`

const refusals = {
  'coordinator-at-work':
    'A coordinator is at work, who can approve another. An administrator asks for a link under People.',
  'sign-in-name-taken': 'Somebody who is not a coordinator has that sign-in name already.',
} as const

/** Invites a coordinator from the machine's own command line, when nobody is left to approve one. */
export async function inviteCoordinator(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = { name: { type: 'string' }, 'sign-in': { type: 'string' } } as const
  const read = readArguments(args, flags, help, terminal)
  if (typeof read === 'number') return read
  const missing = (['name', 'sign-in'] as const).filter(name => !read.text(name)?.trim())
  if (missing.length > 0) {
    terminal.err(
      `Missing: ${missing.map(name => `--${name}`).join(', ')}. unwatched invite-coordinator --help explains them.`,
    )
    return 64
  }
  const person = {
    name: read.text('name')?.trim() ?? '',
    signInName: normaliseSignInName(read.text('sign-in') ?? ''),
  }
  const problems = verifyInvited('coordinator', person)
  if (problems.length > 0) {
    for (const problem of problems) terminal.err(problem)
    return 64
  }
  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  return onClinic(terminal, async clinic => {
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
    const invited = await clinic.database.transaction(actor, async transaction => {
      // The lead agency comes first in the list.
      const [lead] = (await listPeople(transaction)).agencies
      return lead ? inviteAtMachine(transaction, { ...person, agencyId: lead.agencyId }) : null
    })
    if (!invited?.allowed) {
      terminal.err(invited ? refusals[invited.because] : 'The clinic has no agency.')
      return 1
    }
    terminal.out(
      'The coordinator joins with this link. It works once, for seven days, and is not shown again:',
    )
    terminal.out('')
    terminal.out(`  ${joinAddress(answer.config, invited.token)}`)
    terminal.out('')
    terminal.out('Give it to that person alone. That it was made is recorded, for every coordinator to see.')
    return 0
  })
}
