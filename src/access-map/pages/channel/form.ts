import type { FormResult } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { Thing, ThingId } from '../../inventory/inventory.ts'

/** The value of the field that means it goes through nothing on the map. */
export const notOnMap = 'not-on-map'

export type ChannelTie = { readonly through: readonly ThingId[]; readonly seen: readonly ThingId[] }

/** Reads what a channel goes through, of the things that are on the map. */
export function readChannelTie(form: FormFields, things: readonly Thing[]): FormResult<ChannelTie> {
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
  const seen = fieldText(form, 'seen').split(' ').filter(Boolean).slice(0, things.length)
  return { ok: true, value: { through, seen } }
}
