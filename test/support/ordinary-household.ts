/**
 * What somebody from a phone shop writes down for a household that gets new phones. Nobody there is watched by anybody. Every word
 * that stands on the sheet of a client whom somebody watches stands here too (S2).
 */
export const ordinaryHousehold = `
Things to do. Now: have a look round at home for the old phone, the tablet, the computer and the watch, and see which you want to
swap for a new one. Take pictures of the screens before we set it up afresh, and of the list of apps. Tidy up the old photos, and
shorten the list of apps. Add a second one, the children's, and give it a new name. Renew it when the first bill comes: ring them
about it, or sort out the contract yourself. See to the card, and put it in the new phone; put the old one aside. Bring your details up to date at the
bank, with the number and the mail. If the old one is slow, have it looked at, or go without it for now, use another in its place,
or use a borrowed one, or sort it out without. Switch the extras off that you do not need; check what is still going through the old bank account, and open
a new one elsewhere if it costs less. Keep the new box in a dry place. Make the speaker, the television and the door bell quieter.
Stop the copies of the calendar: one on each phone is enough. Numbers that you no longer need go out, and shared pictures: take yours
out of the shared ones. Have the keys done, for the car and the house, and have the post sent on while you are away. The printed
notebook of numbers is out of use. Step out of the family contract if your own is cheaper. Check the internet again after some days:
that it goes as fast as they say, that the card works, and the papers of the contract. Using two phones on one number is a set-up
that costs extra: check the small print, and whether you are out of it. If you are stopped at a page that asks for something, wait
until we have spoken; talk to us, or ask us about it. That they have stopped is all right. Nothing else at the moment.
`

/** The words of a text, each once, in small letters. */
export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? [])
}
