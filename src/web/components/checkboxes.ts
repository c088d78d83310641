import type { Html } from '../html.ts'
import { type ChoiceDivider, type ChoiceGroupOptions, type ChoiceItem, choiceGroup } from './choice-group.ts'

export type CheckboxItem = ChoiceItem & {
  readonly name?: string | undefined
  /** "exclusive" clears the others when it is ticked (needs a script; the form must still check). */
  readonly behaviour?: 'exclusive' | undefined
}

export type CheckboxesOptions = ChoiceGroupOptions & {
  readonly items: readonly (CheckboxItem | ChoiceDivider)[]
  /** The values ticked already. */
  readonly values?: readonly string[] | undefined
}

/** The GOV.UK checkboxes. */
export function checkboxes(options: CheckboxesOptions): Html {
  return choiceGroup('checkboxes', options, describedBy =>
    options.items.map(item => {
      if (item.divider !== undefined) return item
      return {
        item,
        name: item.name || options.name,
        checked: item.checked ?? options.values?.includes(item.value) ?? false,
        describedBy: options.fieldset ? undefined : describedBy,
        behaviour: item.behaviour,
      }
    }),
  )
}
