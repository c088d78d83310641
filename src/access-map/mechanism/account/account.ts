import { endWith, findGoes, findTells, sayKeeps } from '../act-facts.ts'
import type { Parts } from '../part.ts'
import { onlyIfHers, writeWhose } from '../whose.ts'
import { beginParts, makePhotographs, makeRule, splitControl } from '../write-parts.ts'
import { writeAudience } from './account-audience.ts'
import { tellCodes, writeCodes } from './account-codes.ts'
import { writeCopies } from './account-copies.ts'
import { type AccountFacts, accountPlaces } from './account-facts.ts'
import { writeLinks } from './account-links.ts'
import { writePassword } from './account-password.ts'
import {
  makeSignOut,
  writeDevices,
  writeExtraPath,
  writeLockedScreen,
  writeOwnPath,
  writeRecovery,
  writeSession,
} from './account-paths.ts'

/**
 * An account: anyone who has the password, the second step, an open session, the mailbox or number behind it, or a device on
 * which it is open, is in. What is open on a watched device is read there, and what is typed there is known from then
 * on. The password is kept somewhere, and anyone who reads that place has it.
 */
export function writeAccount(facts: AccountFacts): Parts {
  const parts = beginParts()
  const { acts } = facts
  parts.nodes.push({ id: '{}', kind: 'account', label: '{label}' })
  parts.nodes.push({ id: '{}.content', kind: 'content', label: 'what is in {label}' })
  parts.nodes.push({ id: '{}.session', kind: 'session', label: '{label}, open on a device of theirs' })
  parts.evidence.push({
    id: '{}.sign-ins',
    weight: 15,
    preservedBy: ['photograph-settings:{}'],
    words: `The list of devices and sign-ins of {label}, with dates${sayKeeps(facts.keeps)}`,
    ...findGoes(facts.keeps),
  })
  const look = { tells: findTells(acts.look, accountPlaces), needs: ['{}'] }
  const signedOut = endWith('sign-out-others:{}', acts['sign-out-others'], {
    id: 'see-signed-out:{}',
    do: 'Look at the list of devices of {label} again: no device stands there but the client’s own',
    ...look,
  })
  const recovered = endWith('change-recovery:{}', acts['change-recovery'], {
    id: 'see-recovery:{}',
    do: 'See that only the client’s own address and number stand behind {label}, and that the old ones no longer count',
    ...look,
  })
  const left = facts.mayBeTheirs ? writeWhose(parts, 'address') : []
  if (facts.hasPassword) {
    writePassword(parts, facts)
    writeCodes(parts, facts, look, left)
  } else writeOwnPath(parts)
  writeDevices(parts, signedOut.by, facts.hasPassword)
  if (facts.isChannel) writeLockedScreen(parts)
  writeRecovery(parts, facts, recovered.by)
  writeSession(parts, signedOut.by, facts.linksDevices)
  if (facts.linksDevices) writeLinks(parts, signedOut.by)
  if (facts.copiesDevices) writeCopies(parts)
  parts.rules.push(makeRule('{}.content', ['{}'], 'reads what is in it'))
  for (const path of facts.paths) writeExtraPath(parts, path, look)
  if (facts.audience) writeAudience(parts, facts.audience)
  const { read, had } = splitControl(facts.reveals)
  const [readAt, hadAt] = facts.mayBeTheirs
    ? (['{}.read', '{}.used'] as const)
    : (['{}.content', '{}'] as const)
  parts.reveals.push({ from: readAt, ...read }, { from: hadAt, ...had })
  if (facts.keepsPasswords) {
    parts.nodes.push({ id: '{}.passwords', kind: 'content', label: 'the passwords kept in {label}' })
    parts.rules.push(makeRule('{}.passwords', ['{}.content'], 'reads the passwords kept there'))
  }
  const signIn = findTells(acts['sign-in'], accountPlaces)
  parts.signIn = facts.hasPassword ? tellCodes(signIn) : signIn
  if (facts.isChannel) parts.channel = { content: '{}.content' }
  parts.steps.push(
    makePhotographs(
      'the devices, the sign-ins, the recovery and the sharing pages',
      look.tells,
      ['{}'],
      acts.look,
    ),
    makeSignOut(acts['sign-out-others'], facts),
    ...signedOut.steps,
    ...recovered.steps,
  )
  const within = {
    ...parts,
    steps: parts.steps.map(each => ({ ...each, isWithin: each.needs.includes('{}') })),
  }
  return facts.mayBeTheirs ? { ...within, steps: onlyIfHers(within.steps) } : within
}
