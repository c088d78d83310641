import { verifyInvited } from '../identity/first-people.ts'
import type { RoleAtMachine } from '../identity/link-request.ts'
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
already keeps their account, gets a new link and shows the second secret they wrote down when they joined. Every
coordinator and administrator sees that this was done.

Anyone who has this machine sees link and code both, and has the database and its key in any case: against them no rule of
the program holds. What it does is in plain sight, and for a day the new coordinator approves nothing unless a third
person says that they are who they are.

  --name NAME      the coordinator's name
  --sign-in NAME   what they type to sign in
`

const administratorHelp = `
Usage: unwatched invite-administrator --name NAME --sign-in NAME

Makes a single-use link for an administrator of the lead agency where none is left who could ask for one: the only one
has gone, or has lost the phone that makes their codes. While another administrator is at work nothing is made. The
administrator there is keeps their account, gets a new link and shows the second secret they wrote down when they
joined, or the words of a colleague who is with them. Every coordinator and administrator sees that this was done.

  --name NAME      the administrator's name
  --sign-in NAME   what they type to sign in
`

const refusals = {
  coordinator: {
    'somebody-at-work':
      'A coordinator is at work, who can approve another. An administrator asks for a link under People.',
    'sign-in-name-taken': 'Somebody who is not a coordinator has that sign-in name already.',
  },
  administrator: {
    'somebody-at-work': 'Another administrator is at work, who can ask for a link under People.',
    'sign-in-name-taken': 'Somebody who is not an administrator has that sign-in name already.',
  },
} as const

/** Invites a coordinator from the machine's own command line, when nobody is left to approve one. */
export async function inviteCoordinator(args: readonly string[], terminal: Terminal): Promise<number> {
  return invite('coordinator', help, args, terminal)
}

/** Invites an administrator from the machine's own command line, when nobody is left to ask for one. */
export async function inviteAdministrator(args: readonly string[], terminal: Terminal): Promise<number> {
  return invite('administrator', administratorHelp, args, terminal)
}

async function invite(
  role: RoleAtMachine,
  help: string,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const flags = { name: { type: 'string' }, 'sign-in': { type: 'string' } } as const
  const read = readArguments(args, flags, help, terminal)
  if (typeof read === 'number') return read
  const missing = (['name', 'sign-in'] as const).filter(name => !read.text(name)?.trim())
  if (missing.length > 0) {
    terminal.err(
      `Missing: ${missing.map(name => `--${name}`).join(', ')}. unwatched invite-${role} --help explains them.`,
    )
    return 64
  }
  const person = {
    name: read.text('name')?.trim() ?? '',
    signInName: normaliseSignInName(read.text('sign-in') ?? ''),
  }
  const problems = verifyInvited(role, person)
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
      return lead ? inviteAtMachine(clinic, transaction, { ...person, agencyId: lead.agencyId }, role) : null
    })
    if (!invited?.allowed) {
      terminal.err(invited ? refusals[role][invited.because] : 'The clinic has no agency.')
      return 1
    }
    terminal.out(`The ${role} joins with this link. It works once, for seven days, and is not shown again:`)
    terminal.out('')
    terminal.out(`  ${joinAddress(answer.config, invited.token)}`)
    terminal.out('')
    terminal.out('and this joining code:')
    terminal.out('')
    terminal.out(`  ${invited.code.join(' ')}`)
    terminal.out('')
    terminal.out(
      'Give both to that person alone. If they joined before, they also show the second secret they wrote',
    )
    terminal.out(
      'down then, or the words of a colleague who is with them. That this was made is recorded, and every',
    )
    terminal.out(
      'coordinator and administrator sees it; for a day nothing that takes two people can be done by them.',
    )
    return 0
  })
}
