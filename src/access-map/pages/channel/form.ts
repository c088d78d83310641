import type { ChannelKind } from '../../../contact/contact-plan.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { CatalogueEntry } from '../../inventory/catalogue-entry.ts'
import { isPlaceOfPost } from '../../inventory/channel-carriers.ts'
import type { Thing, ThingId } from '../../inventory/inventory.ts'

/** The value of the field that means it goes through nothing on the map. */
export const notOnMap = 'not-on-map'

export type ChannelTie = { readonly through: readonly ThingId[]; readonly seen: readonly ThingId[] }

/**
 * Reads what a channel goes through, of the things that are on the map. A letter goes to a home and a call to none: what
 * was ticked by mistake would be judged in the place of what carries it.
 */
export function readChannelTie(
  form: FormFields,
  things: readonly Thing[],
  { kind, entries }: { readonly kind: ChannelKind; readonly entries: ReadonlyMap<string, CatalogueEntry> },
): FormResult<ChannelTie> {
  const values = fieldValues(form, 'through')
  const through = things
    .filter(each => !each.isGone && values.includes(each.thingId))
    .map(each => each.thingId)
  const isNowhere = values.includes(notOnMap)
  if (isNowhere === through.length > 0)
    return {
      ok: false,
      problems: [{ field: 'through', message: 'Select what it goes through, or “Nothing on the map”' }],
    }
  const places = things.filter(
    each => through.includes(each.thingId) && isPlaceOfPost(entries.get(each.entry)),
  )
  const message =
    kind === 'post' && !isNowhere && places.length === 0
      ? 'Select the home or the box to which the letter goes. A letter is read there, and on no device'
      : kind !== 'post' && kind !== 'other' && places.length > 0 && places.length === through.length
        ? 'Select the device on which it rings or is read, not only a home'
        : null
  if (message !== null) return { ok: false, problems: [{ field: 'through', message }] }
  const seen = fieldText(form, 'seen').split(' ').filter(Boolean).slice(0, things.length)
  return { ok: true, value: { through, seen } }
}
