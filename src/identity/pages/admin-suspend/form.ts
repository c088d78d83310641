import { z } from 'zod'
import { oneOf, requiredText } from '../../../web/form-fields.ts'
import { suspensionReasons } from '../../operations/suspend-person.ts'

export const suspendForm = z.object({
  because: oneOf(suspensionReasons, 'Select why they must not sign in any more'),
})

export const returnForm = z.object({
  why: requiredText({ what: 'Why', max: 500, enter: 'Enter why they may sign in again' }),
})
