import { z } from 'zod'
import { anyOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { termTemplates } from '../../terms.ts'

export const requestForm = z.object({
  force: optionalText({ what: 'The police force', max: 200 }),
  necessity: requiredText({
    what: 'Why an order is needed',
    max: 5_000,
    enter: 'Enter why an order is needed to protect the client',
  }),
  limits: optionalText({ what: 'What terms should keep clear of', max: 2_000 }),
  templates: anyOf(
    termTemplates.map(each => each.template),
    'Select at least one term to propose',
  ),
})
