import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { changeInventory } from '../../operations/change-inventory.ts'
import { loadTiedChannels, type TiedChannel, type TiedChannels } from '../../operations/load-tied-channels.ts'
import { notOnMap, readChannelTie } from './form.ts'
import { channelTieView } from './view.ts'

async function find(
  { params }: PageRequest,
  visit: CaseVisit,
): Promise<(TiedChannels & { readonly channel: TiedChannel }) | null> {
  const tied = await visit.onCase(transaction => loadTiedChannels(visit.clinic, transaction, visit.caseId))
  const channel = tied?.channels.find(each => each.channelId === params['channel'])
  return tied && channel ? { ...tied, channel } : null
}

async function write(
  visit: CaseVisit,
  found: NonNullable<Awaited<ReturnType<typeof find>>>,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const { entries } = await loadCatalogue()
  const page = channelTieView(visit, {
    ...found,
    entries,
    typed,
    once: readOnce(typed) ?? newOnce(),
    problems,
  })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** Asks what one channel goes through. */
export async function askForTie(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  return found ? write(visit, found, fill(found.channel), []) : showPage(problemPage(404), 404)
}

/** Keeps what it goes through as a new revision of the map. The map's verdict takes effect with it. */
export async function takeTie(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const { clinic, caseId, staff } = visit
  const { form } = request
  const { entries } = await loadCatalogue()
  const read = readChannelTie(form, found.things, { kind: found.channel.kind, entries })
  if (!read.ok) return write(visit, found, form, read.problems)
  const change = { kind: 'tie', channelId: found.channel.channelId, ...read.value } as const
  const result = await visit.onCase(transaction =>
    changeInventory(clinic, transaction, staff.personId, caseId, change, readOnce(form)),
  )
  if (result.allowed || result.because === 'nothing-changed') return goTo(`/cases/${caseId}/map/channels`)
  const again = await find(request, visit)
  return again
    ? write(visit, again, fill(again.channel), [
        {
          field: 'through',
          message:
            'Somebody else changed this meanwhile. What they selected is shown here now; save again to add yours',
        },
      ])
    : showPage(problemPage(404), 404)
}

function fill({ through, byMap }: TiedChannel): FormFields {
  const ids = through.filter(each => !each.isGone).map(each => each.thingId)
  return new Map([['through', ids.length === 0 && byMap ? [notOnMap] : ids]])
}
