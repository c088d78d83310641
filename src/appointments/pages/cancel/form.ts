import { z } from 'zod'
import { oneOf } from '../../../web/form-fields.ts'
import { cancelReasons } from '../../appointment.ts'

export const cancelForm = z.object({ reason: oneOf(cancelReasons, 'Select why it is cancelled') })
