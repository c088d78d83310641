import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadTiedChannels } from '../../operations/load-tied-channels.ts'
import { channelsView } from './view.ts'

/** Every channel, what it goes through on the map, and what the map says of it. */
export async function showChannels(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId } = visit
  const { tied, zone } = await visit.onCase(async transaction => ({
    tied: await loadTiedChannels(clinic, transaction, caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const mayChange = visit.sees('map', 'write')
  return showPage(channelsView(visit, { tied, zone, mayChange }))
}
