import { isNeutralTitle } from '../../identity/neutral-title.ts'
import type { CatalogueEntry, EntryGroup } from '../inventory/catalogue-entry.ts'
import type { StepPlace } from '../inventory/find-noticed.ts'
import type { Inventory, Thing } from '../inventory/inventory.ts'
import { actsPlainly, anyAct, anyCheck, kindsPlainly } from './household-words.ts'

/**
 * Words by which somebody who reads over a client's shoulder learns that something is planned, or about whom: what is watched,
 * who sees it, codes and sign-ins, what is hidden, and what is done about all that. Stems: "record" covers "recording".
 */
const telling =
  /report|manag|track|watch(?:es|ed|ing|er)|follow|location|stranger|touched|cannot reach|knows? the|spy|spie|hidden|hide|hiding|secret|\bsees?\b|\bsaw\b|was known|listen|record|camera|doorbell|microphone|\busers?\b|\bmembers?\b|administrat|password|passcode|\bpins?\b|\bsign(s|ed)?[- ](in|out|ins)\b|log-?ins?\b|lock-?out|lock (him|her|them)|\bblock|recover|delegat|forward|diver[ts]|revoke|remov|delet|wipe|factory|unplug|photograph|notice|alert|danger|escape|leav(e|ing) (him|her|them)|solicitor|lawyer|landlord|the client\b/i

/** Whether words may stand where somebody else reads them: they say neither what this is about nor what is planned (S2). */
export function areWordsHarmless(words: string): boolean {
  return isNeutralTitle(words) && !telling.test(words)
}

const groupsPlainly: Readonly<Record<EntryGroup, string>> = {
  devices: 'phone',
  accounts: 'account',
  sharing: 'family',
  home: 'house',
  moving: 'car',
  people: 'family',
  public: 'account',
}

type Entries = ReadonlyMap<string, Pick<CatalogueEntry, 'like' | 'group'>>

/**
 * What a thing is called on paper: its letter, which the adviser says to the client, and the word they chose for it together, or a
 * noun that any household has. Never what the client calls it: that may say what it is. No two things have the same letter.
 */
export function nameThingPlainly(
  thing: Pick<Thing, 'thingId' | 'entry' | 'onPaper'>,
  entries: Entries,
): string {
  const chosen = thing.onPaper ?? ''
  const noun = chosen !== '' && areWordsHarmless(chosen) ? chosen : nounOf(thing.entry, entries)
  return `${findLetter(thing.thingId)} (${noun})`
}

function nounOf(kind: string, entries: Entries): string {
  const entry = entries.get(kind)
  const [known] = [kind, ...(entry?.like ?? [])].filter(each => kindsPlainly[each] !== undefined)
  return known === undefined ? groupsPlainly[entry?.group ?? 'accounts'] : (kindsPlainly[known] ?? '')
}

/** The letter of a thing: A for the first that was put on the map, AA for the twenty-seventh. It never changes. */
export function findLetter(thingId: string): string {
  let letters = ''
  for (let left = Number(thingId.replace(/\D/g, '')); left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return letters
}

/** What an act is called on paper. `kinds` are the kind of thing and those it is like. */
function sayAct(act: string, kinds: readonly string[]): string {
  const [own] = kinds.flatMap(kind => actsPlainly[`${act}@${kind}`] ?? [])
  return own ?? actsPlainly[act] ?? (act.startsWith('see-') ? anyCheck : anyAct)
}

/**
 * What a step is called on paper and on the client's page (S2): which thing, and what to do with it, in words of a household that
 * is helped with new phones. Two different steps never read the same.
 *
 * @param step its id on the map: `act:thing`, or `act:thing.other`
 */
export function sayStepPlainly(step: string, inventory: Pick<Inventory, 'things'>, entries: Entries): string {
  const [act = '', parts = ''] = step.split(':')
  const [thingId = '', otherId] = parts.split('.')
  const thing = inventory.things.find(each => each.thingId === thingId)
  const name = thing ? nameThingPlainly(thing, entries) : findLetter(thingId)
  const kind = thing?.entry ?? ''
  const words = sayAct(act, [kind, ...(entries.get(kind)?.like ?? [])])
  return `${name}: ${words}${otherId === undefined ? '' : ` ${findLetter(otherId)}`}`
}

/** On which things a step is to be taken, behind its words on paper: “, on C”. Where none is fit, somebody has to say where. */
export function sayPlacePlainly(place: StepPlace | undefined): string {
  return place === undefined || place === 'none-fit' ? '' : `, on ${place.on.map(findLetter).join(' or ')}`
}
