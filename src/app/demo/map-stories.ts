import type { StoryThing } from './play-map.ts'

type MapStory = { readonly words: string; readonly things: readonly StoryThing[] }

/** A former husband who set everything up: the car, the cameras, the family group, the calendar. */
export const knownPersonMap: MapStory = {
  words:
    'He knows where I was before I am home. The car makes a cat’s noise at my sister’s and outside the school. He asked about the dentist, and I had told nobody.',
  things: [
    {
      entry: 'phone',
      label: 'Lena’s phone',
      basis: 'told',
      beliefs: { hands: 'no', passcode: 'yes', watched: 'unknown' },
      ties: { managed: ['Family group'] },
    },
    {
      entry: 'apple-account',
      label: 'Lena’s Apple account',
      basis: 'seen',
      beliefs: {
        password: 'probably',
        alone: 'unknown',
        'signed-in': 'yes',
        'shared-passwords': 'no',
        'mail-copies': 'no',
      },
      ties: {
        codes: ['Lena’s number'],
        kept: ['Blue notebook'],
        recovery: ['Old mailbox'],
        devices: ['Lena’s phone', 'Kitchen tablet'],
      },
    },
    {
      entry: 'mailbox',
      label: 'Old mailbox',
      basis: 'told',
      note: 'He made it for her when they moved in together.',
      beliefs: { theirs: 'no', password: 'yes', alone: 'yes', 'signed-in': 'unknown', forwarded: 'unknown' },
      ties: {
        codes: [],
        kept: ['Blue notebook'],
        recovery: ['Lena’s number'],
        devices: ['Lena’s phone', 'Kitchen tablet'],
      },
    },
    {
      entry: 'number',
      label: 'Lena’s number',
      basis: 'told',
      beliefs: { theirs: 'no', holder: 'no', pin: 'unknown', diverted: 'no' },
      ties: { sim: ['Lena’s phone'], forwarded: ['Kitchen tablet'], bills: [] },
    },
    {
      entry: 'tablet',
      label: 'Kitchen tablet',
      basis: 'told',
      beliefs: { hands: 'yes', passcode: 'yes', watched: 'unknown', 'to-and-fro': 'no' },
      ties: { managed: ['Family group'] },
    },
    {
      entry: 'family-group',
      label: 'Family group',
      basis: 'seen',
      note: 'He is its organiser and pays for it. The children are in it.',
      beliefs: { in: 'yes', runs: 'yes' },
      ties: { account: ['Lena’s Apple account'], devices: [] },
    },
    {
      entry: 'shared-calendar',
      label: 'Shared calendar',
      basis: 'seen',
      beliefs: { in: 'yes', runs: 'no' },
      ties: { account: ['Lena’s Apple account'], devices: [] },
    },
    {
      entry: 'car',
      label: 'The car',
      basis: 'seen',
      note: 'The finance is in his name. The app was set up on his phone.',
      beliefs: { others: 'no', owner: 'yes', shared: 'no', login: 'no', keeper: 'yes', keys: 'unknown' },
      ties: { account: [], kept: [], devices: ['Lena’s phone'] },
    },
    {
      entry: 'cameras',
      label: 'Cameras at the house',
      basis: 'told',
      beliefs: { others: 'no', owner: 'yes', shared: 'no', login: 'yes' },
      ties: { account: ['Old mailbox'], kept: [], devices: ['Lena’s phone', 'Kitchen tablet'] },
    },
    {
      entry: 'voice-assistant',
      label: 'Speaker in the kitchen',
      basis: 'told',
      beliefs: { others: 'no', owner: 'probably', shared: 'unknown', login: 'unknown' },
      ties: { account: ['Old mailbox'], kept: [], devices: ['Kitchen tablet'] },
    },
    {
      entry: 'notebook',
      label: 'Blue notebook',
      basis: 'told',
      note: 'In the kitchen drawer until Lena moved out.',
      beliefs: { reads: 'probably' },
    },
    {
      entry: 'people',
      label: 'His sister',
      basis: 'told',
      beliefs: { tells: 'yes', knows: 'probably' },
    },
  ],
}

/** A stranger: little to lock, much to hide. */
export const strangerMap: MapStory = {
  words: 'New accounts every week. He has never met me. He knew which gym I go to.',
  things: [
    {
      entry: 'social-account',
      label: 'Picture account',
      basis: 'seen',
      beliefs: { password: 'no', alone: 'no', 'signed-in': 'no', follows: 'probably', public: 'yes' },
      ties: { codes: [], kept: [], recovery: ['Noor’s mailbox'], devices: ['Noor’s phone'] },
    },
    {
      entry: 'phone',
      label: 'Noor’s phone',
      basis: 'seen',
      beliefs: { hands: 'no', passcode: 'no', watched: 'no' },
      ties: { managed: [] },
    },
    {
      entry: 'mailbox',
      label: 'Noor’s mailbox',
      basis: 'seen',
      beliefs: { theirs: 'no', password: 'no', alone: 'no', 'signed-in': 'no', forwarded: 'no' },
      ties: { codes: [], kept: [], recovery: [], devices: ['Noor’s phone'] },
    },
    {
      entry: 'public-footprint',
      label: 'What can be found about Noor',
      basis: 'seen',
      note: 'A running club lists names with times and a meeting point.',
      beliefs: { address: 'yes', others: 'yes' },
    },
    {
      entry: 'wearable',
      label: 'Running app',
      basis: 'seen',
      beliefs: {
        password: 'no',
        alone: 'no',
        'signed-in': 'no',
        follows: 'unknown',
        household: 'no',
        public: 'yes',
      },
      ties: { codes: [], kept: [], recovery: ['Noor’s mailbox'], devices: ['Noor’s phone'] },
    },
  ],
}
