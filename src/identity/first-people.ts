import { verifySignInName } from './sign-in-name.ts'

/** Somebody who is named at the machine's command line. */
export type InvitedAtSetup = { readonly name: string; readonly signInName: string }

/** The two people a clinic begins with. */
export type FirstPeople = { readonly administrator: InvitedAtSetup; readonly coordinator: InvitedAtSetup }

/** What is wrong with a name or sign-in name given at the command line, each as a sentence. */
export function verifyInvited(who: string, person: InvitedAtSetup): readonly string[] {
  const problem = verifySignInName(person.signInName)
  return [
    ...(person.name.length > 200 ? [`The ${who}: Name must be 200 characters or less.`] : []),
    ...(problem ? [`The ${who}: ${problem}.`] : []),
  ]
}

/** What is wrong with the first two people; they are two, so that nobody reaches a case by one person's word (S12). */
export function verifyFirstPeople({ administrator, coordinator }: FirstPeople): readonly string[] {
  const isOne = administrator.signInName === coordinator.signInName
  return [
    ...verifyInvited('administrator', administrator),
    ...verifyInvited('coordinator', coordinator),
    ...(isOne
      ? ['The administrator and the coordinator must be two people, each with a sign-in name of their own.']
      : []),
  ]
}
