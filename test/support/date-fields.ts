/** The three fields of a date, as a form sends them: of `2026-03-02`. `--` leaves it empty. */
export function day(prefix: string, text: string): Readonly<Record<string, string>> {
  const [year = '', month = '', date = ''] = text.split('-')
  return { [`${prefix}-day`]: date, [`${prefix}-month`]: month, [`${prefix}-year`]: year }
}
