import type { CaseId, PhraseUseId } from '../foundation/ids.ts'
import { sayMoment } from '../foundation/say-date.ts'
import { type Html, html } from '../web/html.ts'

/** A use of a client's second phrase that nobody has looked into: the client may not be alone (rule S4). */
export type DuressUse = {
  readonly useId: PhraseUseId
  readonly at: Date
  /** Since when it is open again, because something was written in such a visit after it was looked into. */
  readonly againAt: Date | null
}

/** What became of the mail to those on call; null while nobody has come to it. */
export type OnCallMail =
  | 'sent'
  | 'trying'
  /** They had a mail about the case less than a quarter of an hour before: the next leaves when that is over. */
  | 'held'
  | 'refused'
  | 'no-address'
  | 'no-mail-here'
  | 'words-give-away'
  | 'given-up'

/** What comes first on every page of those who may act: one for each case, however often it happened. */
export type SecondPhraseAlarm = {
  readonly caseId: CaseId
  readonly reference: string
  readonly times: number
  readonly lastAt: Date
  /** When something was last written in such a visit; null when nothing was. */
  readonly notedAt: Date | null
  /** What became of the mail about the last of these, and when. */
  readonly mail: OnCallMail | null
  readonly mailAt: Date | null
  /** When the last mail about any of it left; null when none did. */
  readonly mailedAt: Date | null
}

/** Where the advice begins on the page that the alarm leads to: on a narrow screen much comes before it. */
export const adviceAnchor = 'what-to-do-now'

/** How many cases a page names before it says that there are more. */
export const mostAlarms = 20

/** The first thing on every page of staff who may act: nothing that can be followed or filled in comes before it. */
export function alarmView(alarms: readonly SecondPhraseAlarm[], now: Date): Html {
  const shown = alarms.slice(0, mostAlarms)
  return html`${shown.map(
    alarm =>
      html`<p class="govuk-body"><strong>Case ${alarm.reference}: the second phrase was used ${sayTimes(alarm.times)}${sayAgo(alarm.lastAt, now)}.${alarm.notedAt && ` Something was written with it ${sayAgo(alarm.notedAt, now)}.`}</strong> The client may not be alone. <a class="govuk-link" href="/cases/${alarm.caseId}/phrase#${adviceAnchor}">What to do now<span class="govuk-visually-hidden"> in case ${alarm.reference}</span></a><br><span class="announcement__small">${sayOnCallMail(alarm, now)}</span></p>`,
  )}${alarms.length > shown.length && html`<p class="govuk-body"><strong>And in more cases.</strong> They follow when these have been looked into.</p>`}`
}

const sayTimes = (times: number): string => (times === 1 ? '' : `${times} times, the last time `)

/** "3 minutes ago"; "2 hours and 5 minutes ago"; "4 days ago". */
export function sayAgo(at: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000))
  const say = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`
  if (minutes < 1) return 'less than a minute ago'
  if (minutes < 60) return `${say(minutes, 'minute')} ago`
  if (minutes < 24 * 60) {
    const rest = minutes % 60
    return `${say(Math.floor(minutes / 60), 'hour')}${rest === 0 ? '' : ` and ${say(rest, 'minute')}`} ago`
  }
  return `${say(Math.floor(minutes / (24 * 60)), 'day')} ago`
}

/** What became of the mail to those on call, and what that leaves to the person reading it. */
export function sayOnCallMail(
  { mail, mailAt, mailedAt }: Pick<SecondPhraseAlarm, 'mail' | 'mailAt' | 'mailedAt'>,
  now: Date,
): string {
  const said = sayLastMail(mail, mailAt, now)
  return mail === 'sent' || mailedAt === null
    ? said
    : `${said} A mail about what came before that left ${sayAgo(mailedAt, now)}.`
}

function sayLastMail(mail: OnCallMail | null, mailAt: Date | null, now: Date): string {
  const when = mailAt ? ` ${sayAgo(mailAt, now)}` : ''
  switch (mail) {
    case null:
      return 'Those on call have not been written to yet.'
    case 'sent':
      return `The mail server took a mail to those on call${when}; whether they read it is not known.`
    case 'trying':
      return `The mail to those on call has not left for all of them, last tried${when}. It is tried for about an hour; do not wait for it.`
    case 'held':
      return 'Those on call have not been written to about the last of it: a mail leaves no more often than every quarter of an hour. The next leaves then, unless this is looked into first.'
    case 'refused':
      return `The mail server refused the mail to those on call${when}. Nobody was told by mail.`
    case 'given-up':
      return 'The mail to those on call was given up before it had left for all of them. Do not count on it.'
    case 'no-address':
      return 'Nobody was told by mail: the clinic has no address of anybody on call.'
    case 'no-mail-here':
      return 'Nobody was told by mail: no mail server is set.'
    case 'words-give-away':
      return 'Nobody was told by mail: the sender’s address would give away what the clinic does.'
  }
}

/** " on 3 March 2026 at 4pm"; " 3 times, last on …". */
export function sayUsedAt(uses: readonly Pick<DuressUse, 'at'>[], zone: string): string {
  const last = new Date(Math.max(...uses.map(each => each.at.getTime())))
  const many = uses.length === 1 ? '' : ` ${uses.length} times`
  return `${many}${uses.length === 1 ? '' : ', last'} on ${sayMoment(last, zone)}`
}
