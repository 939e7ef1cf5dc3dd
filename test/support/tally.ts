import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

export type Tally = {
  readonly passed: number
  readonly skipped: readonly string[]
  /** What failed and why, a line each. */
  readonly failed: readonly string[]
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
})

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
    }),
  ),
})

const playwrightSuite = z.object({
  specs: z.array(playwrightSpec),
  get suites() {
    return z.array(playwrightSuite).optional()
  },
})

const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  errors: z.array(z.object({ message: z.string().optional() })),
})

function line(where: string, [first]: readonly (string | undefined)[]): string {
  const reason = stripVTControlCharacters(first ?? '').split('\n')[0]
  return reason ? `${where}: ${reason}` : where
}

/** Nothing that went wrong ends as a success, whatever the report says of it. */
function tally(passed: number, skipped: readonly string[], failed: readonly string[], good: boolean): Tally {
  return {
    passed,
    skipped,
    failed: good || failed.length > 0 ? failed : ['the tests broke outside of any test'],
  }
}

/**
 * @param report what Vitest’s JSON reporter wrote; null where it wrote nothing
 * @param good whether Vitest ended well
 * @param root the folder that the paths are told from
 */
export function tallyOfVitest(report: unknown, good: boolean, root: string): Tally {
  if (report === null) return tally(0, [], ['Vitest left no report'], false)
  const { numPassedTests, testResults } = vitestReport.parse(report)
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    // A file that could not even be loaded has no test to count.
    if (assertionResults.length === 0) return status === 'failed' ? [line(file, [message])] : []
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => line(`${file} › ${fullName}`, failureMessages))
  })
  const skipped = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => /skipped|pending|todo/.test(status))
    .map(({ fullName }) => fullName)
  return tally(numPassedTests, skipped, failed, good)
}

/**
 * @param report what Playwright’s JSON reporter wrote; null where it wrote nothing
 * @param good whether Playwright ended well
 */
export function tallyOfPlaywright(report: unknown, good: boolean): Tally {
  if (report === null) return tally(0, [], ['Playwright left no report'], false)
  const { suites, errors } = playwrightReport.parse(report)
  const tests = suites
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) => tests.map((test) => ({ ...test, where: `${file} › ${title}` })))
  const of = (...statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status))
  const failed = [
    ...errors.map(({ message }) => line('outside of any test', [message])),
    // What passed at the second attempt failed at the first.
    ...of('unexpected', 'flaky').map(({ where, results }) =>
      line(
        where,
        results.flatMap((result) => result.errors.map(({ message }) => message)),
      ),
    ),
  ]
  const skipped = of('skipped').map(({ where }) => where)
  return tally(of('expected').length, skipped, failed, good)
}

const specsOf = ({ specs, suites }: z.infer<typeof playwrightSuite>): z.infer<typeof playwrightSpec>[] => [
  ...specs,
  ...(suites ?? []).flatMap(specsOf),
]
