import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { optionalText, requiredText } from '../../../web/form-fields.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { parseProducer } from '../../exhibit-reference.ts'
import type { Answers } from '../../importers/importer.ts'
import { largestFile } from '../../item.ts'
import type { NotTakenIn } from '../../operations/take-in-evidence.ts'
import { saySize } from '../../say-account.ts'
import { readZone } from '../parts/zone-field.ts'

export type TypedEvidence = {
  readonly 'brought-by': string
  readonly 'how-obtained': string
  readonly device: string
  readonly zone: string
  readonly 'other-zone': string
}

/** What somebody said about the files they hand in. */
export type EvidenceForm = {
  readonly broughtBy: string
  readonly howObtained: string
  readonly answers: Answers
}

const schema = z.object({
  'brought-by': z.string().transform((typed, context) => {
    const producer = parseProducer(typed)
    const message =
      typed.trim() === ''
        ? 'Enter the initials of who brought it'
        : 'Initials must be 2 to 5 letters from A to Z'
    if (producer === null) context.addIssue({ code: 'custom', message })
    return producer ?? ''
  }),
  'how-obtained': requiredText({
    enter: 'Enter how it was obtained',
    what: 'How it was obtained',
    max: 1000,
  }),
  device: optionalText({ what: 'The device', max: 200 }),
})

export function typedEvidence(form: FormFields): TypedEvidence {
  const text = (name: keyof TypedEvidence): string => fieldText(form, name)
  return {
    'brought-by': text('brought-by'),
    'how-obtained': text('how-obtained'),
    device: text('device'),
    zone: text('zone'),
    'other-zone': text('other-zone'),
  }
}

/** Reads the text fields of an upload, with every problem at once. */
export function readEvidenceForm(
  form: FormFields,
):
  | { readonly ok: true; readonly value: EvidenceForm }
  | { readonly ok: false; readonly problems: readonly FormProblem[] } {
  const fields = readForm(schema, form)
  const zone = readZone(typedEvidence(form))
  if (!fields.ok || 'problem' in zone) {
    return {
      ok: false,
      problems: [...(fields.ok ? [] : fields.problems), ...('problem' in zone ? [zone.problem] : [])],
    }
  }
  const { 'brought-by': broughtBy, 'how-obtained': how, device } = fields.value
  const howObtained = device === '' ? how : `${how}\nOn: ${device}`
  return {
    ok: true,
    value: { broughtBy, howObtained, answers: zone.zone === null ? {} : { zone: zone.zone } },
  }
}

/** Why a file was not taken in, and what to do; nothing of it was kept. */
export function sayRefusal(name: string, because: NotTakenIn['because'] | 'fault'): string {
  const short = [...name].slice(0, 80).join('')
  switch (because) {
    case 'empty':
      return `“${short}” is empty: it holds no bytes, so there is nothing to keep. Export or copy it again`
    case 'too-large':
      return `“${short}” is larger than ${saySize(largestFile)}, the most one file can be. Nothing of it was kept. Export it in parts`
    case 'broken-off':
      return `“${short}” did not arrive whole. Nothing of it was kept. Send it again`
    case 'no-producer':
      return 'Enter the initials of who brought it'
    case 'not-in-sight':
      return `“${short}” was not kept, because this case can no longer be changed by you`
    case 'fault':
      return `“${short}” was not kept, because of a fault on our side. Send it again later, and tell the administrator`
  }
}
