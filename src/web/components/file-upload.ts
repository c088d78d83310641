import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'
import { type LabelledFieldOptions, labelledField } from './form-group.ts'

export type FileUploadOptions = LabelledFieldOptions & {
  readonly multiple?: boolean | undefined
  /** Adds the drop zone. Its script gives the button a name that axe objects to, so pages use the plain control. */
  readonly javascript?: boolean | undefined
  readonly wrapperClasses?: string | undefined
  readonly wrapperAttributes?: Attributes | undefined
}

/** The GOV.UK file upload. */
export function fileUpload(options: FileUploadOptions): Html {
  return labelledField(options, (id, describedBy) => {
    const control = html`<input${writeAttributes({
      class: joinClasses(
        'govuk-file-upload',
        options.classes,
        options.errorMessage && 'govuk-file-upload--error',
      ),
      id,
      name: options.name,
      type: 'file',
      disabled: options.disabled,
      multiple: options.multiple,
      'aria-describedby': describedBy,
      ...options.attributes,
    })}>`
    if (!options.javascript) return control
    return html`<div${writeAttributes({
      class: joinClasses('govuk-file-upload-wrapper', options.wrapperClasses),
      'data-module': 'govuk-file-upload',
      ...options.wrapperAttributes,
    })}>${control}</div>`
  })
}
