import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { listSealedFields, revealContact } from '../../operations/reveal-contact.ts'
import { type SealedFieldKind, sealedFieldKinds } from '../../referral.ts'
import { sealedFieldsView } from '../parts/sealed-fields-view.ts'

async function show(visit: CaseVisit, reveal: SealedFieldKind | null): Promise<Answer> {
  const { clinic, caseId } = visit
  const found = await visit.onCase(async transaction => ({
    kinds: await listSealedFields(transaction, caseId),
    text: reveal && (await revealContact(clinic, transaction, caseId, reveal)),
  }))
  return showPage(
    staffPage(visit, {
      title: 'What they said at the first contact',
      back: { href: `/cases/${caseId}/contact`, text: 'Back to safe contact' },
      body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">What they said at the first contact</h1>
<p class="govuk-body">Nobody has weighed what stands here against the map, so it is not known whether the suspected person can observe it: do not ring or write by it. Ways that may be used stand on <a class="govuk-link" href="/cases/${caseId}/contact">safe contact</a>, each with its verdict.</p>
${sealedFieldsView({
  action: `/cases/${caseId}/contact/said`,
  csrfToken: visit.csrfToken,
  kinds: found.kinds,
  ...(reveal && found.text !== null ? { opened: { kind: reveal, text: found.text } } : {}),
})}
</div></div>`,
    }),
  )
}

/** Names the sealed fields of a case and shows none of them. */
export async function showContact(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, null)
}

/** Shows one sealed field after a click that is recorded (S6). A POST, so that no address and no reload shows it. */
export async function revealContactField({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const kind = sealedFieldKinds.find(each => each === fieldText(form, 'kind'))
  return kind ? show(visit, kind) : showPage(problemPage(400), 400)
}
