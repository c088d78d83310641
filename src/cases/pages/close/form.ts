import { z } from 'zod'
import { oneOf } from '../../../web/form-fields.ts'
import { closingOutcomes } from '../../closing.ts'

export const caseClosingForm = z.object({ outcome: oneOf(closingOutcomes, 'Select how contact is now') })
