import type { FormProblem } from '../../../foundation/decision.ts'
import { parseWallClock } from '../../../foundation/local-date.ts'
import { sayRecorded } from '../../../foundation/of-another-version.ts'
import { sayDate, sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { table } from '../../../web/components/table.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type GiveawaySearch, giveawayMeaning, sayGiveaway } from '../../giveaways/giveaway.ts'
import { hashMeaning } from '../../hash-meaning.ts'
import type { Account, Place, Problem, ReadFormat } from '../../importers/importer.ts'
import { titled } from '../../importers/unknown/titles.ts'
import type { Arrival, Reading } from '../../item.ts'
import type { WholeItem } from '../../operations/load-evidence.ts'
import { sayObstacle } from '../../pictures/safe-copy.ts'
import { sayProgress } from '../../reading-progress.ts'
import { isSetAside } from '../../reading-status.ts'
import { sayAccountPlace, saySize } from '../../say-account.ts'
import { custodyTableView } from '../parts/custody-view.ts'
import { originalName } from '../parts/original-name.ts'
import { readingTagView } from '../parts/reading-tag-view.ts'
import { smallPictureView } from '../parts/small-picture-view.ts'
import type { TypedAnswers } from './form.ts'
import { itemQuestionsView } from './questions-view.ts'

export type ItemView = WholeItem & {
  /** What looking it through for giveaways came to; null when nobody has looked yet. */
  readonly look: GiveawaySearch | null
  readonly mayChange: boolean
  readonly typed: TypedAnswers
  readonly problems: readonly FormProblem[]
}

/** One item: what it is, what was read from it, how it came and who touched it since. */
export function itemView(visit: CaseVisit, view: ItemView): Html {
  const { item, arrivals, reading, custody, problems } = view
  const zone = view.context?.zone ?? 'Europe/London'
  const path = `/cases/${visit.caseId}/evidence/${item.itemId}`
  const row = (key: string, value: Html | string) => ({ key: { text: key }, value: { html: html`${value}` } })
  const body = html`${caseNavigation(visit, 'evidence')}${problemSummary(problems)}
<h1 class="govuk-heading-l">Exhibit ${item.exhibitRef}</h1>
${summaryList({
  rows: [
    row('File', originalName(arrivals[0]?.originalName ?? '')),
    row('Type, by its content', item.mediaType),
    row('Size', saySize(item.size)),
    row('Received', sayMoment(item.receivedAt, zone)),
    row('SHA-256', html`<code>${item.sha256}</code>`),
    row('Content', readingTagView(reading)),
  ],
})}
<p class="govuk-body">${hashMeaning}</p>
${item.kind === 'image' && pictureSection(visit, view)}
${(reading?.state === 'waiting' || reading?.state === 'reading') && progressSection(path, view.progress)}
${reading && view.mayChange && itemQuestionsView(visit, { reading, zone, path, typed: view.typed, problems })}
${reading?.state === 'failed' && view.mayChange && startForm({ action: `${path}/read-again`, csrfToken: visit.csrfToken }, button({ text: 'Try to read it again', classes: 'govuk-button--secondary', preventDoubleClick: true }))}
${reading && view.mayChange && readingLink(path, reading)}
${reading?.account && contentSection(visit, reading, reading.account)}
${giveawaySection(view.look, isNotRead(reading))}
<h2 class="govuk-heading-m">How it came</h2>
${arrivalTable(path, arrivals, zone)}
<h2 class="govuk-heading-m">Who touched it</h2>
${scrollingRegion({ label: 'Lines of custody', html: custodyTableView(custody, zone) })}
<h2 class="govuk-heading-m">The original</h2>
${warningText({ text: 'The original may hold something harmful to a computer. Open it only on one that is kept for that.' })}
<p class="govuk-body"><a class="govuk-link" href="${path}/original" download rel="nofollow">Download the original</a>. The download is written into the custody log.</p>`
  return staffPage(visit, {
    title: titleWithProblems(`Exhibit ${item.exhibitRef}`, problems),
    body,
    wide: true,
    back: { href: `/cases/${visit.caseId}/evidence`, text: 'Back to the evidence' },
  })
}

/** What it shows, small, and where it can be looked at. */
function pictureSection(visit: CaseVisit, { item, copy, reading }: ItemView): Html {
  const href = `/cases/${visit.caseId}/evidence/${item.itemId}/picture`
  const isShown = copy?.kind === 'made' && !isSetAside(reading)
  return html`<h2 class="govuk-heading-m">What it shows</h2>
${isShown && smallPictureView(visit.caseId, item)}
${copy?.kind === 'none' && html`<p class="govuk-body">It cannot be looked at here. ${sayObstacle(copy.because)}</p>`}
<p class="govuk-body"><a class="govuk-link" href="${href}">${isShown ? 'Look at the picture' : 'Where the picture would be'}</a></p>
${visit.sees('contact', 'read') && startForm({ action: `/cases/${visit.caseId}/evidence/${item.itemId}/position`, csrfToken: visit.csrfToken }, button({ text: 'Show the position written in it', classes: 'govuk-button--secondary', preventDoubleClick: true }))}`
}

/** How far it is; a person asks again by a link, which works in every browser. */
function progressSection(path: string, progress: ItemView['progress']): Html {
  const far = progress ? sayProgress(progress) : 'Nothing has been read yet.'
  return html`<p class="govuk-body">${far} <a class="govuk-link" href="${path}">See how far it is now</a></p>`
}

/** Where a person chooses what is read; after a bound was reached, or while it is read, it is the thing to do. */
function readingLink(path: string, { state, account }: Reading): Html {
  const href = `${path}/reading`
  if (state === 'waiting' || state === 'reading')
    return html`<p class="govuk-body"><a class="govuk-link" href="${href}">Stop the reading, or read a part</a></p>`
  if (state === 'done' && account?.part)
    return html`<p class="govuk-body"><a class="govuk-link" href="${href}">${account.part.because === 'bound' ? 'Read a part of it, or set it aside' : 'Read all of it, or another part'}</a></p>`
  return html`<p class="govuk-body"><a class="govuk-link" href="${href}">Read a part of it only, or set it aside</a></p>`
}

const formatNames = {
  whatsapp: 'a WhatsApp export',
  zip: 'an archive',
  image: 'a picture',
  signal: 'a chat from Signal',
  chat: 'a chat in the form that WhatsApp and other programs write',
  media: 'a film or a recording',
  'sms-backup-restore': 'a backup of texts or calls',
} as const satisfies Readonly<Record<ReadFormat, string>>

function contentSection(visit: CaseVisit, reading: Reading, account: Account): Html {
  const hidden = account.problemCount - account.problems.length
  // What was set aside is listed with its reason already.
  const problems = account.problems.filter(problem => !listedAbove.has(problem.code))
  const first = account.earliest === null ? null : parseWallClock(account.earliest)
  const last = account.latest === null ? null : parseWallClock(account.latest)
  const named = sayRecorded(formatNames, reading.format, titled(reading.format).title)
  return html`<h2 class="govuk-heading-m">What was read</h2>
${account.part && html`<p class="govuk-body"><strong>${account.part.words}</strong></p>`}
${account.records > 0 && html`<p class="govuk-body">Read as ${named}${reading.dialect !== '' && `: ${reading.dialect}`}. ${first && last && `From ${sayDate(first)} to ${sayDate(last)}, as the source shows it.`}</p>`}
${account.notes.length > 0 && html`<ul class="govuk-list govuk-list--bullet">${account.notes.map(note => html`<li>${note}</li>`)}</ul>`}
${account.notRead.length > 0 && notReadList(account)}
${problems.length > 0 && problemList(problems, account.bytes)}
${hidden > 0 && html`<p class="govuk-body">And ${hidden} more problems that are not listed.</p>`}
${account.records > 0 && visit.sees('chronology', 'read') && html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/chronology">See the records in the chronology</a></p>`}`
}

const listedAbove: ReadonlySet<string> = new Set(['quarantined', 'stray-bytes'])

/** A list, and not a table: on a phone what it is stands below where it is, and is not out of sight. */
const placeList = (rows: readonly { readonly where: string; readonly what: string }[]): Html =>
  summaryList({
    rows: rows.map(({ where, what }) => ({
      key: { html: html`<bdi>${where}</bdi>` },
      value: { html: html`<bdi>${what}</bdi>` },
    })),
  })

function notReadList(account: Account): Html {
  const more = account.unknown + account.quarantined - account.notRead.length
  // Why only a part was read stands above the list already.
  const listed = account.notRead.filter(({ reason }) => reason !== account.part?.words)
  if (listed.length === 0) return html``
  return html`<h3 class="govuk-heading-s">Kept, not read</h3>
${placeList(listed.map(({ place, reason }) => ({ where: sayWhole(place, account.bytes), what: reason })))}
${more > 0 && html`<p class="govuk-body">And ${more.toLocaleString('en-GB')} more that are not listed.</p>`}`
}

/** An entry as a whole by its name, and not by the bytes it counts. */
function sayWhole(place: Place, bytes: number): string {
  if (place.firstLine === null && place.from === 0)
    return place.entry ?? (place.to === bytes ? 'the whole file' : sayAccountPlace(place))
  return sayAccountPlace(place)
}

const problemList = (problems: readonly Problem[], bytes: number): Html =>
  html`<h3 class="govuk-heading-s">What could not be read as it should</h3>
${placeList(problems.map(({ place, message }) => ({ where: place ? sayWhole(place, bytes) : 'the whole file', what: message })))}`

function arrivalTable(path: string, arrivals: readonly Arrival[], zone: string): Html {
  const receipts = path.replace(/\/[^/]+$/, '/receipts')
  const head = ['When', 'Taken in by', 'Brought by', 'How it was obtained', 'File name', 'Receipt']
  const arrived = table({
    head: head.map(text => ({ text })),
    rows: arrivals.map(arrival => [
      { text: sayMoment(arrival.arrivedAt, zone) },
      { text: arrival.receivedByName ?? 'the program' },
      { text: arrival.broughtBy },
      { html: html`<bdi class="keeps-lines">${arrival.howObtained}</bdi>` },
      { html: originalName(arrival.originalName) },
      {
        html: html`<a class="govuk-link" href="${receipts}/${arrival.arrivalId}">Receipt<span class="govuk-visually-hidden"> of ${sayMoment(arrival.arrivedAt, zone)}</span></a>`,
      },
    ]),
  })
  return scrollingRegion({ label: 'Arrivals', html: arrived })
}

/** Whether the newest reading read nothing of it: too long, or set aside. */
const isNotRead = (reading: ItemView['reading']): boolean =>
  ['bound', 'set-aside'].includes(reading?.account?.part?.because ?? '')

/** What could give the client away, by kind and place; what it says is not shown. Unknown is said as unknown. */
function giveawaySection(look: GiveawaySearch | null, notRead: boolean): Html {
  const heading = html`<h2 class="govuk-heading-m">What could give the client away</h2>`
  if (!look)
    return html`${heading}<p class="govuk-body">Nobody has looked this through yet, so it may hold anything.</p>`
  const isWhole = (place: Place): boolean => place.entry === null && place.firstLine === null
  const places = (list: readonly Place[], count: number): Html =>
    list.every(isWhole)
      ? html`in the file`
      : html`<bdi>${list.slice(0, 5).map(sayAccountPlace).join('; ')}</bdi>${count > 5 && `, and ${(count - 5).toLocaleString('en-GB')} more`}`
  const rows = [
    ...look.found.map(each => [sayGiveaway(each), places(each.places, each.count)] as const),
    ...look.notLooked.map(
      each =>
        [
          `Not looked through: ${each.because}`,
          html`${each.place && html`<bdi>${sayAccountPlace(each.place)}</bdi>`}`,
        ] as const,
    ),
  ]
  const listed = table({
    head: [{ text: 'What' }, { text: 'Where' }],
    rows: rows.map(([what, where]) => [{ text: what }, { html: where }]),
  })
  const hidden = look.notLookedCount - look.notLooked.length
  return html`${heading}
${notRead && html`<p class="govuk-body">Nobody has looked through what it holds, because it was not read, so it may hold anything.</p>`}
${rows.length > 0 ? scrollingRegion({ label: 'What could give the client away', html: listed }) : html`<p class="govuk-body">Nothing of what is looked for was found.</p>`}
${hidden > 0 && html`<p class="govuk-body">And ${hidden.toLocaleString('en-GB')} more parts that were not looked through.</p>`}
<p class="govuk-body">${giveawayMeaning}</p>`
}
