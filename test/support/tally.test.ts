import { expect, it } from 'vitest'
import { tallyOfPlaywright, tallyOfVitest } from './tally.ts'

const vitest = (testResults: unknown[], numPassedTests = 1) => ({ numPassedTests, testResults })
const file = (name: string, assertionResults: unknown[], message = '') => ({
  name: `/checkout/test/${name}`,
  status: 'failed',
  message,
  assertionResults,
})
const red = '\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n    at somewhere.ts:3'

it('names each test that failed, and each file that could not be loaded, with the first line of the reason', () => {
  const report = vitest([
    file('a.test.ts', [
      { status: 'passed', fullName: 'holds', failureMessages: [] },
      { status: 'failed', fullName: 'a room counts', failureMessages: [red] },
    ]),
    file('b.test.ts', [], 'Cannot find module'),
  ])
  expect(tallyOfVitest(report, false, '/checkout')).toEqual({
    passed: 1,
    skipped: [],
    failed: [
      'test/a.test.ts › a room counts: AssertionError: expected 1 to be 2',
      'test/b.test.ts: Cannot find module',
    ],
  })
})

it('never takes an end that was not good for a success', () => {
  expect(tallyOfVitest(vitest([]), false, '/').failed).toHaveLength(1)
  expect(tallyOfVitest(null, true, '/').failed).toHaveLength(1)
  expect(tallyOfPlaywright({ suites: [], errors: [] }, false).failed).toHaveLength(1)
  expect(tallyOfPlaywright(null, true).failed).toHaveLength(1)
})

it('counts a browser test that passed at its second attempt as failed, and names what was skipped', () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'desk.spec.ts',
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  })
  const report = {
    errors: [],
    suites: [
      {
        specs: [spec('opens', 'expected'), spec('closes', 'flaky', red)],
        suites: [{ specs: [spec('prints', 'skipped'), spec('folds', 'unexpected')] }],
      },
    ],
  }
  expect(tallyOfPlaywright(report, true)).toEqual({
    passed: 1,
    skipped: ['desk.spec.ts › prints'],
    failed: ['desk.spec.ts › closes: AssertionError: expected 1 to be 2', 'desk.spec.ts › folds'],
  })
})
