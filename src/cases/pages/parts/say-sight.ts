import type { HangingOn } from '../../operations/weigh-sight.ts'
import { type SightChange, sayColleagues } from '../../who-sees.ts'

/** What a change does to who sees a case, in sentences. */
export function saySightChange(change: SightChange, ownId: string): readonly string[] {
  const { lose, keep, isShut, restorers } = change
  return [
    lose.length === 0
      ? 'Nobody who sees the case now stops seeing it.'
      : `From that moment no page of this case opens for ${sayColleagues(lose)}.`,
    ...(lose.some(each => each.personId === ownId) ? ['You are one of them.'] : []),
    ...(isShut
      ? ['Nobody will be able to open this case any more.']
      : [`These still see it, each what their role and agency may: ${sayColleagues(keep)}.`]),
    ...(restorers.length === 0
      ? []
      : [`A consent can then still be recorded, withdrawn or changed by ${sayColleagues(restorers)}.`]),
  ]
}

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** The coming appointments that somebody who loses sight sits in. */
export function sayAppointments({ appointments }: HangingOn, whose: string): string {
  return appointments === 0
    ? `No coming appointment has ${whose} in it.`
    : `${many(appointments, 'coming appointment has', 'coming appointments have')} ${whose} in it. Nothing is cancelled and nobody is told. Tell them yourself; but do not put this off for it.`
}
