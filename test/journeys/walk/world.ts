import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import type { Role } from '../../../src/identity/role.ts'
import { openBrowser } from '../../support/browser.ts'
import { type JourneyClinic, openJourneyClinic } from '../../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../../support/journey-person.ts'

/** One served clinic, and everybody who comes to it in the story, each at a browser of their own. */
export type Walk = {
  readonly clinic: JourneyClinic
  /** The person with this role, signed in by the link that was printed for them, or as the story seated them. */
  readonly as: (role: Role) => Promise<JourneyPerson>
  /** Gives a role to somebody who has signed in already. */
  readonly seat: (role: Role, person: JourneyPerson) => void
  /** Somebody who is not signed in. */
  readonly stranger: (options?: { readonly scripts?: boolean }) => Promise<JourneyPerson>
  /** Everybody who came, in order. */
  readonly everybody: readonly JourneyPerson[]
  /** What one step of the story leaves for the next, by name. */
  readonly keep: (name: string, value: string) => void
  readonly kept: (name: string) => string
  readonly close: () => Promise<void>
}

export async function openWalk(): Promise<Walk> {
  const clinic = await openJourneyClinic()
  const browser: Browser = await openBrowser()
  const everybody: JourneyPerson[] = []
  const seats = new Map<Role, JourneyPerson>()
  const notes = new Map<string, string>()
  const stranger: Walk['stranger'] = async options => {
    const person = await sitDown(browser, clinic.address, options)
    everybody.push(person)
    return person
  }
  return {
    clinic,
    everybody,
    stranger,
    seat: (role, person) => seats.set(role, person),
    as: async role => {
      const there = seats.get(role)
      if (there) return there
      const person = await stranger()
      await person.open(clinic.demoLink(role))
      await person.page.getByRole('button', { name: /^Sign in as/ }).click()
      await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
      seats.set(role, person)
      return person
    },
    keep: (name, value) => notes.set(name, value),
    kept: name => {
      const value = notes.get(name)
      expect(value, `an earlier step did not get as far as “${name}”`).toBeDefined()
      return value ?? ''
    },
    close: async () => {
      await browser.close()
      await clinic.close()
    },
  }
}
