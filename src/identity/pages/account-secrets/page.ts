import type { FormProblem } from '../../../foundation/decision.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { findCodeStep } from '../../one-time-code.ts'
import { changeCodeApp, changePassword, changeSecondSecret } from '../../operations/change-own-credential.ts'
import { findPasswordContext } from '../../operations/find-password-context.ts'
import type { OwnerProof, ProofAnswer } from '../../operations/prove-owner.ts'
import { drawSecretWords } from '../../operations/secret-words.ts'
import { verifyPassphrase } from '../../passphrase.ts'
import { againFields } from '../../prove-again.ts'
import type { StaffVisit } from '../../route.ts'
import { answerEnded } from '../parts/prove-again/prove-again.ts'
import { newCodeSecret, openSealedSecret, sealCodeSecret } from '../parts/sealed-secret.ts'
import { codeAppView, newSecondSecretView, passwordView, secondSecretView } from './view.ts'

const proofOf = (request: PageRequest): OwnerProof => ({
  password: fieldText(request.form, againFields.password),
  code: fieldText(request.form, againFields.code),
  address: request.address,
})
const ownerOf = ({ staff, notices }: StaffVisit) => ({
  personId: staff.personId,
  sessionId: notices.sessionId,
})

function missingIn(proof: OwnerProof): FormProblem[] {
  const problems: FormProblem[] = []
  if (proof.password === '') problems.push({ field: againFields.password, message: 'Enter your password' })
  if (proof.code.trim() === '')
    problems.push({ field: againFields.code, message: 'Enter the code from your app' })
  return problems
}

/** What was wrong with what they gave, and the status that says so; null when it was right. */
function refusalOf(
  answer: Exclude<ProofAnswer, { kind: 'ended' }>,
): { readonly problem: FormProblem; readonly status: number } | null {
  if (answer.kind === 'right') return null
  const field = againFields.password
  if (answer.kind === 'wrong') {
    const message = 'The password or code is not right, or the code was used before'
    return { problem: { field, message }, status: 422 }
  }
  const message = `Try again in ${answer.seconds} ${answer.seconds === 1 ? 'second' : 'seconds'}`
  return { problem: { field, message }, status: 429 }
}

export async function showPassword(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showPage(passwordView(visit, {}))
}

/** Changes their own password; they stay signed in here and nowhere else. */
export async function takePassword(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const proof = proofOf(request)
  const password = fieldText(request.form, 'new-password')
  const problems = missingIn(proof)
  const context = await findPasswordContext(visit.clinic, visit.staff.personId)
  const weak = verifyPassphrase(password, context)
  if (weak) problems.push({ field: 'new-password', message: weak })
  if (problems.length > 0) return showPage(passwordView(visit, { problems }), 422)
  const answer = await changePassword(visit.clinic, ownerOf(visit), proof, password)
  if (answer.kind === 'ended') return answerEnded(request)
  const refused = refusalOf(answer)
  return refused
    ? showPage(passwordView(visit, { problems: [refused.problem] }), refused.status)
    : goTo('/account')
}

export async function showCodeApp(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const secret = newCodeSecret()
  return showPage(codeAppView(visit, { secret, sealedSecret: sealFor(visit, secret) }))
}

const sealFor = (visit: StaffVisit, secret: string): string =>
  sealCodeSecret(visit.clinic, visit.staff.personId, secret)

/** Pairs another code app. */
export async function takeCodeApp(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const { clinic, staff } = visit
  const secret =
    openSealedSecret(clinic, staff.personId, fieldText(request.form, 'sealed')) ?? newCodeSecret()
  const proof = proofOf(request)
  const problems = missingIn(proof)
  const step = findCodeStep(secret, fieldText(request.form, 'code'), clinic.clock.now(), 0)
  if (step === null)
    problems.push({ field: 'code', message: 'The code is not the one the new app shows now' })
  const again = (found: readonly FormProblem[], status: number): Answer =>
    showPage(codeAppView(visit, { secret, sealedSecret: sealFor(visit, secret), problems: found }), status)
  if (problems.length > 0 || step === null) return again(problems, 422)
  const app = { secret, firstStep: step }
  const answer = await changeCodeApp(clinic, ownerOf(visit), proof, app)
  if (answer.kind === 'ended') return answerEnded(request)
  const refused = refusalOf(answer)
  return refused ? again([refused.problem], refused.status) : goTo('/account')
}

export async function showSecondSecret(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showPage(secondSecretView(visit, {}))
}

/** Makes a new second secret, and shows it once. */
export async function takeSecondSecret(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const proof = proofOf(request)
  const problems = missingIn(proof)
  if (problems.length > 0) return showPage(secondSecretView(visit, { problems }), 422)
  const words = drawSecretWords('second-secret')
  const answer = await changeSecondSecret(visit.clinic, ownerOf(visit), proof, words)
  if (answer.kind === 'ended') return answerEnded(request)
  const refused = refusalOf(answer)
  return refused
    ? showPage(secondSecretView(visit, { problems: [refused.problem] }), refused.status)
    : showPage(newSecondSecretView(visit, words))
}
