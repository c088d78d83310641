/** Which incidents a list shows, by what was chosen as the course of conduct, and in which order. */
export type IncidentFilter = {
  readonly show: ShownIncidents
  readonly order: 'by-number' | 'newest'
}

const shownIncidents = ['all', 'chosen', 'not-chosen', 'not-looked-at'] as const
export type ShownIncidents = (typeof shownIncidents)[number]

export const everyIncident: IncidentFilter = { show: 'all', order: 'by-number' }

/** Reads the filter from an address. What is not understood shows everything, by number. */
export function readIncidentFilter(of: (name: string) => string | null): IncidentFilter {
  return {
    show: shownIncidents.find(each => each === of('show')) ?? 'all',
    order: of('order') === 'newest' ? 'newest' : 'by-number',
  }
}

/** The filter as it stands in an address; empty for what is usual. */
export function writeIncidentFilter({ show, order }: IncidentFilter): Readonly<Record<string, string>> {
  return { show: show === 'all' ? '' : show, order: order === 'by-number' ? '' : order }
}

/** The choices of what is shown, in the words of a page. */
export const sayShownIncidents: Readonly<Record<ShownIncidents, string>> = {
  all: 'All incidents',
  chosen: 'Chosen as the course of conduct',
  'not-chosen': 'Looked at and not chosen',
  'not-looked-at': 'Not looked at yet',
}
