import type { ErrorMessageOptions } from '../../../web/components/error-message.ts'
import { input } from '../../../web/components/input.ts'
import type { Html } from '../../../web/html.ts'
import type { SecretFieldName } from '../../secret-field.ts'

/**
 * A line for words that prove who somebody is: a browser neither keeps nor corrects them, and no page gives them back.
 */
export function secretWordsInputView(options: {
  readonly name: SecretFieldName
  readonly label: string
  readonly hint: string
  readonly value?: string | undefined
  readonly errorMessage: ErrorMessageOptions | undefined
}): Html {
  const { name, label, hint, value, errorMessage } = options
  return input({
    name,
    label: { text: label },
    hint: { text: hint },
    value,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: false,
    errorMessage,
  })
}
