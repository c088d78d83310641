import type { PageRequest } from '../../../../web/request.ts'
import type { CarriedForm } from '../../../carried-form.ts'
import { isSecretField } from '../../../secret-field.ts'

/** What a request would have a page do, to be sent again; null when it carries a file, which cannot be kept. */
export async function carryForm(request: PageRequest): Promise<CarriedForm | null> {
  for await (const upload of request.uploads) {
    upload.body.destroy()
    return null
  }
  return {
    path: request.path,
    fields: [...request.form].filter(([name]) => name !== '_csrf' && !isSecretField(request.path, name)),
  }
}
