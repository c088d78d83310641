import type { Silence } from './safe-channel.ts'

/** Each reason for silence, in words. */
export const silenceWords: Readonly<Record<Silence, string>> = {
  'no-plan': 'Nothing has been agreed with the client about reaching them.',
  'case-closed': 'The case is closed.',
  'second-phrase-open':
    'The client’s second phrase was used, and nobody has looked into it: they may not be alone.',
  'contact-not-wanted': 'The client does not want to be contacted.',
  'client-calls-us': 'The client calls us; we do not call them.',
  'no-such-channel': 'This way to reach them is no longer in the plan.',
  'not-marked-safe': 'The client has not said that this way is safe.',
  'no-longer-confirmed': 'It is too long since the client said that this way is safe.',
  'reminders-not-wanted': 'The client has not asked for reminders on it.',
  observable: 'The suspected person can observe it.',
  'not-known-whether-observable': 'It is not known whether the suspected person can observe it.',
  'no-safe-hours': 'No hours have been agreed for it.',
  'outside-safe-hours':
    'It is outside the hours that were agreed, and none come before it would be too late.',
  'a-person-must': 'Only a person can use this way; the program sends e-mail alone.',
  'too-late': 'It is too late for a reminder.',
  'words-give-away': 'Its words would have given away what it is about.',
  'no-mail-here': 'This installation has no mail server set.',
}

/** Why nothing was sent, in words. */
export function saySilence(because: Silence): string {
  return silenceWords[because]
}
