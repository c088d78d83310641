import type { ClinicVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadFigures } from '../../operations/load-figures.ts'
import { readSuppose } from './suppose.ts'
import { figuresView } from './view.ts'

/** The figures, and what would follow if more people asked. */
export async function showFigures({ query }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const found = await visit.onClinic(loadFigures)
  const suppose = readSuppose(query)
  return showPage(figuresView(visit, { ...found, suppose, query }), suppose.kind === 'wrong' ? 422 : 200)
}
