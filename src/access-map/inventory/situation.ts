/** Where the client was on a day, and what was with them: it decides what could learn something as it happened. */
export const situations = ['home', 'car', 'phone', 'carried', 'work', 'child', 'others', 'arranged'] as const
export type Situation = (typeof situations)[number]
