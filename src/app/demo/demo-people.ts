import type { Profile } from '../../directory/profile.ts'
import type { Role } from '../../identity/role.ts'

type AgencyKind = Profile['agencies'][number]['kind']

/**
 * One invented person for every role, at an agency of the kind that role works for; and a second coordinator, for what
 * takes two: sharing without consent, a bundle, and a bar on a coordinator. The first of a role plays the stories.
 */
export const demoPeople: readonly {
  readonly name: string
  readonly signInName: string
  readonly role: Role
  readonly agency: AgencyKind
}[] = [
  { name: 'Carys Example', signInName: 'demo.call.handler', role: 'call-handler', agency: 'cyber-helpline' },
  {
    name: 'Corin Example',
    signInName: 'demo.coordinator',
    role: 'coordinator',
    agency: 'domestic-abuse-service',
  },
  {
    name: 'Cosima Example',
    signInName: 'demo.second.coordinator',
    role: 'coordinator',
    agency: 'domestic-abuse-service',
  },
  { name: 'Cyra Example', signInName: 'demo.cyber.adviser', role: 'cyber-adviser', agency: 'cyber-helpline' },
  {
    name: 'Avril Example',
    signInName: 'demo.advocate',
    role: 'stalking-advocate',
    agency: 'stalking-charity',
  },
  { name: 'Ida Example', signInName: 'demo.idva', role: 'idva', agency: 'domestic-abuse-service' },
  { name: 'Piers Example', signInName: 'demo.liaison', role: 'police-liaison', agency: 'police' },
  { name: 'Maud Example', signInName: 'demo.manager', role: 'manager', agency: 'domestic-abuse-service' },
  {
    name: 'Adam Example',
    signInName: 'demo.administrator',
    role: 'administrator',
    agency: 'domestic-abuse-service',
  },
]
