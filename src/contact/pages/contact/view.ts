import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { isOnlyCarriedOver } from '../../carry-over.ts'
import { channelVerdictLine } from '../../channel-verdict-line.ts'
import type { ContactPlan, SafeChannel } from '../../contact-plan.ts'
import type { MessageLine } from '../../message.ts'
import type { CurrentChannel } from '../../operations/list-channels.ts'
import { sayChannel, sayMessageState, sayWindows } from '../../say-channel.ts'
import { sayChannelVerdict, sayHearing } from '../../say-verdict.ts'
import { sayTaskReason, type Task } from '../../task.ts'
import { carriedView } from './carried-view.ts'
import { tasksView } from './tasks-view.ts'

/** A sealed field after a click: its name in the plan, what it is called, and what is in it. */
export type OpenedField = { readonly field: string; readonly name: string; readonly text: string }

export type ContactView = {
  readonly plan: ContactPlan | null
  /** Which revision of the plan it is, and who wrote it down. */
  readonly written: { readonly revision: number; readonly at: Date; readonly by: string | null } | null
  readonly channels: readonly CurrentChannel[]
  readonly messages: readonly MessageLine[]
  readonly tasks: readonly Task[]
  readonly zone: string
  readonly today: string
  readonly mayChange: boolean
  readonly seesMap: boolean
  /** What a click has opened: the field, and what it holds. */
  readonly opened: OpenedField | null
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

const wants: Readonly<Record<ContactPlan['wants'], string>> = {
  yes: 'Wants to be contacted, in the ways below alone',
  'she-calls': 'Calls us; is not to be contacted',
  no: 'Does not want to be contacted',
}
const voicemails: Readonly<Record<ContactPlan['voicemail'], string>> = {
  never: 'Never leave a message',
  vague: 'A first name and nothing else',
  agreed: 'The words that were agreed',
}

/** How the client may be reached, what may be observed, what was sent and what a person has to do. */
export function contactView(visit: CaseVisit, view: ContactView): Html {
  const { plan, problems, mayChange } = view
  const base = `/cases/${visit.caseId}/contact`
  const channels = plan?.channels.filter(each => !each.isGone) ?? []
  return staffPage(visit, {
    title: titleWithProblems('Safe contact', problems),
    wide: true,
    body: html`${caseNavigation(visit, 'contact')}${problemSummary(problems)}
<h1 class="govuk-heading-l">Safe contact</h1>
${view.opened && insetText({ html: openedView(view, view.opened) })}
<p class="govuk-body">Use only a way that may be used now. Where it is not known to be safe, be silent: do not ring, write or leave word. No message is ever sent by itself unless somebody asks for it and the contact gate lets it through.</p>
${view.tasks.length > 0 && tasksView(visit, view)}
<h2 class="govuk-heading-m">What was agreed</h2>
${plan && !isOnlyCarriedOver(plan) ? agreedView(visit, view, plan) : html`<p class="govuk-body">Nothing has been agreed yet. Until then nothing is sent, and nobody should ring.</p>`}
${plan?.carriedOver && carriedView(plan.carriedOver, view.zone, (field, what) => reveal(visit, field, what))}
${
  mayChange &&
  (plan
    ? startForm(
        { action: `${base}/plan/open`, csrfToken: visit.csrfToken },
        button({
          text: isOnlyCarriedOver(plan) ? 'Write down what was agreed' : 'Change what was agreed',
          classes: 'govuk-button--secondary',
        }),
      )
    : button({
        text: 'Write down what was agreed',
        href: `${base}/plan`,
        classes: 'govuk-button--secondary',
      }))
}
<h2 class="govuk-heading-m">Ways to reach them</h2>
${channels.length === 0 ? html`<p class="govuk-body">None yet.</p>` : channelList(visit, view, channels)}
${view.seesMap && channels.length > 0 && html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/map/channels">What each goes through on the access map</a></p>`}
${mayChange && button({ text: 'Add a way to reach them', href: `${base}/channels/new`, classes: 'govuk-button--secondary' })}
${mayChange && channels.length > 0 && verdictForm(visit, view)}
<h2 class="govuk-heading-m">What was asked to be sent</h2>
${messagesView(view)}
<p class="govuk-body"><a class="govuk-link" href="${base}/said">What they said at the first contact</a></p>`,
  })
}

function reveal(visit: CaseVisit, field: string, what: string): Html {
  return startForm(
    { action: `/cases/${visit.caseId}/contact/reveal`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="field" value="${field}">`,
    button({
      text: 'Show',
      classes: 'govuk-button--secondary govuk-!-margin-bottom-0',
      attributes: { 'aria-label': `Show ${what}; it is recorded` },
    }),
  )
}

function agreedView(visit: CaseVisit, { written, zone }: ContactView, plan: ContactPlan): Html {
  const sealed = (key: string, field: string, text: string) =>
    text === '' ? [] : [{ key: { text: key }, value: { html: reveal(visit, field, key.toLowerCase()) } }]
  return summaryList({
    rows: [
      { key: { text: 'Contact' }, value: { text: wants[plan.wants] } },
      { key: { text: 'Voicemail' }, value: { text: voicemails[plan.voicemail] } },
      ...sealed('Words for a message', 'voicemailWords', plan.voicemailWords),
      ...sealed('We say, so that they know us', 'weSay', plan.weSay),
      ...sealed('They say, when they cannot talk', 'theySay', plan.theySay),
      ...sealed('If somebody else answers', 'ifAnotherAnswers', plan.ifAnotherAnswers),
      ...sealed('If the call is cut off', 'ifCutOff', plan.ifCutOff),
      ...sealed('Somebody both trust', 'trusted', plan.trusted),
      ...(written ? [{ key: { text: 'Written down' }, value: { text: sayWritten(written, zone) } }] : []),
    ],
  })
}

function sayWritten({ by, at, revision }: NonNullable<ContactView['written']>, zone: string): string {
  return `${by === null ? '' : `By ${by}, `}${sayMoment(at, zone)}${revision === 1 ? '' : `, changed ${revision - 1 === 1 ? 'once' : `${revision - 1} times`} before`}`
}

/** One channel after the other, its verdict first: on a small screen nothing of it is off to the side. */
function channelList(visit: CaseVisit, view: ContactView, channels: readonly SafeChannel[]): Html {
  const base = `/cases/${visit.caseId}/contact`
  return html`${channels.map(channel => {
    const name = sayChannel(channel)
    const row = (key: string, value: Html) => ({ key: { text: key }, value: { html: value } })
    return html`<h3 class="govuk-heading-s">${
      view.mayChange
        ? html`<a class="govuk-link" href="${base}/channels/${channel.channelId}">${name}</a>`
        : name
    }</h3>${summaryList({
      rows: [
        row('Whether it may be used', channelsView(visit, view, channel.channelId)),
        row('The client marked it', html`${markView(channel, view.today)}${sayNamed(channel, view.zone)}`),
        row('Hours', html`${sayWindows(channel)}`),
        row('Reminders', html`${channel.mayRemind ? 'Wanted' : 'Not wanted'}`),
        row('Number or address', reveal(visit, channel.channelId, name)),
      ],
    })}`
  })}`
}

function channelsView(visit: CaseVisit, { channels, zone, mayChange }: ContactView, channelId: string): Html {
  const channel = channels.find(each => each.channelId === channelId)
  if (!channel) return html``
  const { why, basis, at } = channel.verdict
  const said = why ?? (basis === 'map' ? 'The way is shown to those who may see the access map.' : '')
  const { client } = channel
  const byClient =
    client &&
    html`<br><span class="govuk-body-s">${sayHearing(client.heard)}, written down${client.by !== null && html` by <bdi>${client.by}</bdi>`} on ${sayMoment(client.at, zone)}.</span>`
  return html`${channelVerdictLine(channel, zone)}${said !== '' && html`<br><span class="govuk-body-s"><bdi>${said}</bdi>${at && ` (${sayMoment(at, zone)})`}</span>`}${byClient}${
    mayChange &&
    channel.verdict.verdict !== 'observable' &&
    html`<br><a class="govuk-link govuk-body-s" href="/cases/${visit.caseId}/contact/channels/${channelId}/word">What the client says of it<span class="govuk-visually-hidden">: ${sayChannel(channel)}</span></a>`
  }`
}

/** A number is never shown without its verdict. */
function openedView({ channels, zone }: ContactView, { field, name, text }: OpenedField): Html {
  const channel = channels.find(each => each.channelId === name)
  const verdict = channel
    ? html`<br>${channelVerdictLine(channel, zone)}`
    : name === 'trusted' &&
      html`<br>Nobody has weighed this against the map: whether the suspected person can observe it is not known.`
  return html`<strong>${field}:</strong> <bdi>${text}</bdi>${verdict}`
}

/** That a channel was named at the referral says nothing of whether it may be used. */
function sayNamed({ safe, namedAt }: SafeChannel, zone: string): Html {
  if (namedAt === undefined || safe !== 'unknown') return html``
  return html`<br><span class="govuk-body-s">Named at the referral, ${sayMoment(new Date(namedAt), zone)}. Ask before it is used.</span>`
}

/** What the client marked it as: never in green, because that alone is no basis to use it. */
function markView(channel: SafeChannel, today: string): Html {
  if (channel.safe === 'no') return tag({ text: 'Never use it', classes: 'govuk-tag--red' })
  if (channel.safe === 'unknown') return tag({ text: 'Not known', classes: 'govuk-tag--yellow' })
  if (channel.expiresOn <= today) return tag({ text: 'Ask again', classes: 'govuk-tag--yellow' })
  return html`Safe to use`
}

function verdictForm(visit: CaseVisit, view: ContactView): Html {
  const { choose, line } = fieldWriter(view.typed, view.problems)
  return html`<h3 class="govuk-heading-s">What you know of one of them</h3>${startForm(
    { action: `/cases/${visit.caseId}/contact/verdict`, csrfToken: visit.csrfToken },
    choose(
      'channel',
      'Which?',
      view.channels.map(channel => ({
        value: channel.channelId,
        text: sayChannel(channel),
        hint: sayChannelVerdict(channel, view.zone),
      })),
    ),
    choose(
      'verdict',
      'Can they observe it?',
      [
        { value: 'observable', text: 'Yes: nobody uses it' },
        {
          value: 'unknown',
          text: 'I doubt that it is safe',
          hint: 'What the client said of it before ends. Ask again.',
        },
        {
          value: 'not-observable',
          text: 'I know nothing against it',
          hint: 'That alone is no reason to use it. The map decides, or what the client says.',
        },
      ],
      {
        hint: 'What the access map says counts as well: where it says that they can, change the map, with your reason.',
      },
    ),
    line('why', 'How is that known?'),
    button({ text: 'Keep this', classes: 'govuk-button--secondary', preventDoubleClick: true }),
  )}`
}

function messagesView({ messages, zone }: ContactView): Html {
  if (messages.length === 0) return html`<p class="govuk-body">Nothing.</p>`
  return scrollingRegion({
    label: 'Messages',
    html: table({
      caption: 'The newest first',
      captionClasses: 'govuk-visually-hidden',
      head: ['Asked for', 'What', 'By', 'What became of it'].map(text => ({ text })),
      rows: messages.map(each => [
        { text: sayMoment(each.askedAt, zone) },
        { text: `Reminder of ${sayMoment(each.aboutAt, zone)}` },
        { text: `Way ${each.channelId.slice(1)}` },
        {
          text: `${sayMessageState(each.state)}${each.because === null ? '' : `. ${sayTaskReason({ because: each.because })}`} (${sayMoment(each.changedAt, zone)})`,
        },
      ]),
    }),
  })
}
