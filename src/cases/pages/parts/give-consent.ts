import { type ConsentId, makeId } from '../../../foundation/ids.ts'
import { type ActCheck, carryFields } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type Html, html } from '../../../web/html.ts'
import { datePartNames } from '../../../web/read-date.ts'
import type { FormFields } from '../../../web/request.ts'
import { type AgreedWith, consentPreamble, writeConsentLines } from '../../consent-words.ts'
import type { ConsentChoice } from '../../operations/give-consent.ts'
import { weighSight } from '../../operations/weigh-sight.ts'
import { wordConsent } from '../../operations/word-consent.ts'
import { sayColleagues } from '../../who-sees.ts'

/** The words of consents before they are recorded, line by line: they are kept as they are here. */
export const readAloud = (agreed: readonly AgreedWith[]): Html =>
  html`<ul class="govuk-list govuk-list--bullet">${consentPreamble.map(line => html`<li>${line}</li>`)}</ul>${agreed.map(
    each =>
      html`<h3 class="govuk-heading-s">${each.agencyName}</h3><ul class="govuk-list">${writeConsentLines(
        each,
      ).map(line => html`<li>${line}</li>`)}</ul><p class="govuk-body">${each.how}. ${each.until}.</p>`,
  )}`

/** The fields of the questions how and until when. */
export const howFields: readonly string[] = ['how', ...Object.values(datePartNames('until'))]

/** What is recorded with a consent, and who would see the case by it. */
export async function givingOf(
  transaction: Transaction,
  visit: CaseVisit,
  form: FormFields,
  choice: ConsentChoice,
): Promise<ActCheck> {
  const { now } = transaction
  const agreed = await wordConsent(transaction, choice)
  const change = await weighSight(transaction, visit.caseId, sight => ({
    ...sight,
    consents: [
      ...sight.consents,
      {
        consentId: makeId<ConsentId>(now),
        agencyId: choice.agencyId,
        parts: choice.parts,
        inForceFrom: now,
        inForceUntil: choice.until,
        withdrawnAt: null,
      },
    ],
  }))
  const path = `/cases/${visit.caseId}/consents`
  return {
    title: `Record the consent for ${agreed.agencyName}?`,
    chosen: [
      { key: 'How', value: agreed.how },
      { key: 'Until when', value: agreed.until },
    ],
    readAloud: readAloud([agreed]),
    isGiving: true,
    follows: [
      ...(choice.parts.includes('overview')
        ? []
        : [
            `${agreed.agencyName} will not find the case: it stands in no list of theirs without the overview. Ask the client about that line too.`,
          ]),
      `From that moment these see the case: ${sayColleagues(change.keep)}.`,
      'These words are kept with the consent, sealed, as they stand on this page.',
    ],
    undo: 'The client can take it back at any time, on the page of consents, and it ends at once.',
    action: path,
    fields: carryFields(form, ['agency', 'parts', ...howFields]),
    button: 'Record the consent',
    back: { href: path, text: 'Back to consents' },
  }
}
