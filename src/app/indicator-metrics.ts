import { isOldIndicator } from '../access-map/device-check/indicator-age.ts'
import { loadIndicators } from '../access-map/device-check/load-indicators.ts'
import type { Clinic } from '../platform/clinic.ts'

/** How many indicator files are at hand, are old, or have something in them that cannot be used. */
export async function writeIndicatorMetrics(
  clinic: Pick<Clinic, 'indicatorFolder' | 'clock'>,
): Promise<readonly string[]> {
  const files = await loadIndicators(clinic.indicatorFolder)
  const today = clinic.clock.now().toISOString().slice(0, 10)
  const count = (state: string, is: (file: (typeof files)[number]) => boolean): string =>
    `unwatched_indicator_files{state="${state}"} ${files.filter(is).length}`
  return [
    '# HELP unwatched_indicator_files Indicator files: that are used, that are old, that have something wrong in them.',
    '# TYPE unwatched_indicator_files gauge',
    count('used', file => file.families.length > 0),
    count('old', file => file.families.length > 0 && isOldIndicator(file.date, today)),
    count('wrong', file => file.problems.length > 0),
  ]
}

/** What is wrong with the indicator files, a line for each, for the person who starts the program. */
export async function sayIndicatorProblems(folder: string | null): Promise<readonly string[]> {
  const files = await loadIndicators(folder)
  return files.flatMap(({ name, problems }) => {
    const [first, ...more] = problems
    if (first === undefined) return []
    return [`Indicator files: ${name} ${first}${more.length > 0 ? `, and ${more.length} more` : ''}.`]
  })
}
