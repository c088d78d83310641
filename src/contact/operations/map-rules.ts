import type { Clinic } from '../../platform/clinic.ts'

/**
 * The name of the rules by which the access map is calculated now. The map lies in a room above this one, so that the clinic holds
 * it; where it holds none, there is one unnamed set of rules.
 */
export async function nameMapRulesOf({ mapRules }: Pick<Clinic, 'mapRules'>): Promise<string> {
  return (await mapRules?.()) ?? ''
}
