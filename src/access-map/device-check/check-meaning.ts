/** Fixed words for what a check can and cannot show, used wherever one is shown: reviewed once, the same every time. */
// Rule S14
export const checkMeaning = {
  nothingFound:
    'Nothing found says what was looked at, how, and on which day. It does not say that the device or the account is safe.',
  byPhone: 'The client said this by phone. Nobody from the clinic saw it.',
  match:
    'A match means that the list names an app under a name that an indicator file knows. It does not show who put it there, when, or what it has sent. Another app can bear the same name, and some of these apps are also sold for watching children or staff, and may have been put there openly.',
  nameMatch:
    'A match by name alone is weaker: the line is the same as the name of such an app, and a harmless app may be called that too.',
  noMatch:
    'No match does not mean that the device is clean. It means that no line of this list stands in the files that were loaded. An app can hide from the list or take another name, a list can be altered before it is brought, a new app may not be in the files yet, and most watching needs no app: a known password, a family group, a device that is signed in.',
  flag: 'An app from outside the store is not by itself a sign of watching. It is a reason to ask the client whether they put it there.',
  deviceList:
    'A list of devices is what the account showed at one moment. Devices can be missing from it, stand in it twice or bear a misleading name, and a place is worked out from an internet address and can be wrong. A device that the client does not know is a reason to look further, not proof of who uses it.',
  // Rule S9
  beforeRemoving:
    'Do not take anything off or sign anything out yet. The suspected person can notice it at once, and what it proves is lost. Keep the evidence first, and have a safety plan for that moment.',
  noIndicators:
    'No indicator files are loaded, so apps are compared with nothing. Unwatched brings none of its own; the person who looks after the machine can add them.',
  keptList:
    'The list is kept sealed with this finding, as it came in. It is not an exhibit: where it may be needed as evidence, bring the original file to the evidence of the case.',
} as const
