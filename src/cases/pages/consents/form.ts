import { z } from 'zod'
import { oneOf } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'

/** Reads which of the agencies a consent is for. */
export function readAgency<Named extends { readonly slug: string }>(
  form: FormFields,
  agencies: readonly Named[],
): FormResult<Named> {
  const slugs = agencies.map(each => each.slug)
  const message = 'Select which agency'
  const read = readForm(z.object({ agency: oneOf(slugs, message) }), form)
  if (!read.ok) return read
  const agency = agencies.find(each => each.slug === read.value.agency)
  return agency ? { ok: true, value: agency } : { ok: false, problems: [{ field: 'agency', message }] }
}
