import { z } from 'zod'
import { anyOf, optionalText } from '../../../web/form-fields.ts'

const reasons = ['under-age', 'other-area', 'not-cyberstalking', 'other-reason'] as const

export const notOursForm = z.object({
  because: anyOf(reasons, 'Select why it is not for this clinic'),
  note: optionalText({ what: 'Note', max: 1000 }),
})
