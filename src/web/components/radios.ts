import type { Html } from '../html.ts'
import { type ChoiceDivider, type ChoiceGroupOptions, type ChoiceItem, choiceGroup } from './choice-group.ts'

export type RadiosOptions = Omit<ChoiceGroupOptions, 'describedBy'> & {
  readonly items: readonly (ChoiceItem | ChoiceDivider)[]
  /** The value chosen already. */
  readonly value?: string | undefined
}

/** The GOV.UK radios. */
export function radios(options: RadiosOptions): Html {
  return choiceGroup('radios', options, () =>
    options.items.map(item => {
      if (item.divider !== undefined) return item
      const checked = item.checked ?? (Boolean(options.value) && item.value === options.value)
      return { item, name: options.name, checked }
    }),
  )
}
