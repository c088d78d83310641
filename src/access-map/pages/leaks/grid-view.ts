import { sayDay } from '../../../foundation/calendar-day.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { type TableCell, table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Thing, ThingId } from '../../inventory/inventory.ts'
import { type Carrying, findCarriers } from '../../leaks/carriers.ts'
import { findSources, type LeakContext } from '../../leaks/leak-answer.ts'
import { isChecked, type LeakDay, type LeakDayId, type LeakLog } from '../../leaks/leak-log.ts'
import { listReadingPlaces } from '../../leaks/reading-places.ts'
import { sayKnowledge, sayReadingPlace, saySituation } from '../../leaks/say-leak.ts'

/** The table of days and things: its columns, and what is ticked in each row. */
export type LeakGrid = {
  readonly days: readonly LeakDay[]
  /** Things that could have carried any of these days, by the map or by a person. */
  readonly columns: readonly Thing[]
  /** Things that none of these days could have gone through. */
  readonly others: readonly Thing[]
  readonly carrying: ReadonlyMap<LeakDayId, ReadonlyMap<ThingId, Carrying>>
  readonly ticked: ReadonlyMap<LeakDayId, readonly ThingId[]>
  /** Where the message of a day was written or read, in words. */
  readonly readAt: ReadonlyMap<LeakDayId, readonly string[]>
}

/** Makes the table for some days. `typed` keeps ticks that could not be saved. */
export function layGrid(
  log: LeakLog,
  basis: LeakContext,
  days: readonly LeakDay[],
  typed: ReadonlyMap<LeakDayId, readonly ThingId[]> = new Map(),
): LeakGrid {
  const carrying = new Map(days.map(day => [day.dayId, basis.finder(day)]))
  const ticked = new Map(
    days.map(day => [day.dayId, typed.get(day.dayId) ?? findCarriers(day, basis.finder)]),
  )
  const named = new Set([
    ...[...carrying.values()].flatMap(each => [...each.keys()]),
    ...[...ticked.values()].flat(),
  ])
  const things = findSources(log, basis)
  const places = listReadingPlaces(basis.inventory, basis.catalogue)
  return {
    days,
    carrying,
    ticked,
    readAt: new Map(
      days.map(day => [day.dayId, places.filter(each => day.readAt.includes(each.id)).map(sayReadingPlace)]),
    ),
    columns: things.filter(each => named.has(each.thingId)),
    others: things.filter(each => !named.has(each.thingId)),
  }
}

/** The table: a row for each day, a column for each thing, a tick where it carried what was known. */
export function gridView(grid: LeakGrid, base: string, mayChange: boolean): Html {
  return html`<div id="ticks">${scrollingRegion({
    label: 'Which thing carried what, day by day',
    html: table({
      caption: 'What carried it, day by day',
      captionClasses: 'govuk-visually-hidden',
      classes: 'leak-grid',
      firstCellIsHeader: true,
      head: [{ text: 'Day' }, ...grid.columns.map(each => ({ html: html`<bdi>${each.label}</bdi>` }))],
      rows: grid.days.map(day => [
        { html: dayView(grid, day, base, mayChange) },
        ...grid.columns.map(thing => cellView(grid, day, thing, mayChange)),
      ]),
    }),
  })}</div>`
}

function cellView(grid: LeakGrid, day: LeakDay, thing: Thing, mayChange: boolean): TableCell {
  const isTicked = grid.ticked.get(day.dayId)?.includes(thing.thingId) ?? false
  const may = grid.carrying.get(day.dayId)?.get(thing.thingId) === 'perhaps'
  if (!mayChange)
    return {
      html: html`${isTicked ? html`<strong>Yes</strong>` : may ? 'Perhaps' : 'No'}`,
      classes: 'leak-cell',
    }
  const words = `${thing.label} carried it, ${sayDay(day.on)}: ${day.what}`
  return {
    classes: 'leak-cell',
    html: html`${checkboxes({
      name: day.dayId,
      idPrefix: `${day.dayId}-${thing.thingId}`,
      classes: 'govuk-checkboxes--small',
      formGroup: { classes: 'leak-tick' },
      items: [
        {
          value: thing.thingId,
          html: html`<span class="govuk-visually-hidden"><bdi>${words}</bdi>${may && ', perhaps'}</span>`,
          checked: isTicked,
        },
      ],
    })}${may && html`<span class="leak-may" aria-hidden="true">perhaps</span>`}`,
  }
}

/** A day as the head of its row. */
function dayView(grid: LeakGrid, day: LeakDay, base: string, mayChange: boolean): Html {
  const things = grid.columns.map(each => each.thingId)
  const readAt = grid.readAt.get(day.dayId) ?? []
  const mark = day.knew
    ? tag({ text: 'Knew', classes: 'govuk-tag--purple' })
    : tag({ text: 'Uneventful', classes: 'govuk-tag--grey' })
  return html`${sayDay(day.on)} ${mark}<span class="leak-what"><bdi>${day.what}</bdi></span><span class="leak-what">${
    day.roughly !== '' && html`<bdi>${day.roughly}</bdi>. `
  }${sayKnowledge(day.kind)}. ${sayWhere(day)}${readAt.length > 0 && html` Written, read or taken: <bdi>${readAt.join('; ')}</bdi>.`}${!isChecked(day, things) && ' Proposed by the map, not checked.'}${
    day.isLate && ' Ticks changed after a ranking was shown.'
  }</span>${
    mayChange &&
    html`<a class="govuk-link leak-what" href="${base}/days/${day.dayId}">Correct<span class="govuk-visually-hidden"> ${sayDay(day.on)}: ${day.what}</span></a>`
  }`
}

function sayWhere({ situations }: LeakDay): string {
  return situations.length === 0
    ? 'Where the client was is not known.'
    : `${capital(situations.map(each => saySituation(each).toLowerCase()).join(', '))}.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
