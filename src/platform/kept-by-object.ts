import { frozen } from './frozen.ts'
import { keepLately } from './kept-lately.ts'

const numbers = new WeakMap<object, number>()
let numbered = 0

/** The number by which an object is known here: no two objects ever have the same, even if they say the same. */
export function numberOfObject(object: object): number {
  const number = numbers.get(object) ?? ++numbered
  numbers.set(object, number)
  return number
}

/** What was found of these objects before, or what is found now. */
export type KeptByObject<Value> = (of: readonly object[], find: () => Value, word?: string) => Value

/**
 * Keeps in memory what follows from objects that nobody changes, such as the opened revision of a map. It is given only to
 * somebody who holds the very same objects, and so to nobody who was not let in to them. What is kept is frozen. What it
 * depends on beside the objects is in the word, and nothing else may be: no hour and no reader.
 *
 * @param most what all that is kept may weigh together
 * @param weigh how much of that a value takes
 */
export function keepByObject<Value>(most: number, weigh: (value: Value) => number): KeptByObject<Value> {
  const kept = keepLately<{ readonly value: Value }>(most)
  return (of, find, word = '') => {
    const name = JSON.stringify([...of.map(numberOfObject), word])
    const before = kept.get(name)
    if (before) return before.value
    const value = frozen(find())
    kept.set(name, { value }, weigh(value))
    return value
  }
}
