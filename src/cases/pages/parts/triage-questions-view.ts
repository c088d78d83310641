import type { FieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import { redFlags, sayRedFlag, sayUrgency, urgencies } from '../../red-flags.ts'
import { sayStalkerType, sayTypeReason, stalkerTypes, typeReasons } from '../../triage.ts'

/** The working type with its reasons, as it is asked at triage and at each revision. */
export function typeQuestionsView({ choose, tick }: Pick<FieldWriter, 'choose' | 'tick'>): Html {
  return html`${choose(
    'type',
    'What do you take this to be for now?',
    stalkerTypes.map(value => ({ value, text: sayStalkerType(value) })),
    { hint: 'A working assumption. It may change.' },
  )}${tick(
    'typeReasons',
    'Because',
    typeReasons.map(value => ({ value, text: sayTypeReason(value) })),
  )}`
}

/** The red flags and the judgement that together say how soon somebody must act. */
export function urgencyQuestionsView(
  { choose, tick }: Pick<FieldWriter, 'choose' | 'tick'>,
  flags: { readonly legend: string; readonly hint?: string },
): Html {
  const { legend, hint } = flags
  return html`${tick(
    'flags',
    legend,
    redFlags.map(value => ({ value, text: sayRedFlag(value) })),
    hint === undefined ? {} : { hint },
  )}${choose(
    'judgement',
    'How soon must somebody act?',
    urgencies.map(value => ({ value, text: sayUrgency(value) })),
    { hint: 'Your judgement can raise what the red flags ask for. It cannot lower it.' },
  )}`
}
