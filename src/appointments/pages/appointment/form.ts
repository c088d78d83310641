import { z } from 'zod'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { attendances } from '../../appointment.ts'
import { followUpOutcomes } from '../../follow-up.ts'

export const notesForm = z.object({
  notes: optionalText({ what: 'Notes', max: 20_000 }),
  seenAt: optionalText({ what: 'The time of the notes', max: 40 }),
})

export const attendanceForm = z.object({
  attendance: oneOf(attendances, 'Select what became of the appointment'),
})

export const followUpForm = z.object({
  did: oneOf(['tried', ...followUpOutcomes], 'Select what you did'),
  followUpNote: optionalText({ what: 'What you found', max: 5_000 }),
})
