import { z } from 'zod'
import { oneOf } from '../../../web/form-fields.ts'
import { closingOutcomes } from '../../closing.ts'

export const closingForm = z.object({ outcome: oneOf(closingOutcomes, 'Select how contact is now') })
