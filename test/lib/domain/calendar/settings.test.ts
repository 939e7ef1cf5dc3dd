import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, parseSettings, settingsProblem } from '#lib/domain/calendar/settings.ts'

describe('stored settings', () => {
  it('are readable whatever was stored, and then hold no problem', () => {
    const field = fc.oneof(fc.integer({ min: -10, max: 2000 }), fc.constant(null), fc.string(), fc.double())
    const stored = fc.oneof(
      fc.anything(),
      fc.record(
        { zone: fc.string(), quietFrom: field, quietTo: field, minGapMinutes: field, silentDays: field },
        { requiredKeys: [] },
      ),
    )
    fc.assert(
      fc.property(stored, (value) => {
        expect(settingsProblem(parseSettings(value))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('come back as they were written', () => {
    const settings = { zone: 'Europe/Paris', quietFrom: null, quietTo: null, minGapMinutes: 0, silentDays: 0 }
    expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
    expect(parseSettings({})).toEqual(DEFAULT_SETTINGS)
  })

  it('lose only the field that cannot be read', () => {
    expect(parseSettings({ zone: 'X/Y', minGapMinutes: 45, silentDays: -1 })).toEqual({
      ...DEFAULT_SETTINGS,
      minGapMinutes: 45,
    })
  })
  it('with quiet hours that begin when they end get the usual ones', () => {
    expect(parseSettings({ quietFrom: 10, quietTo: 10 })).toEqual(DEFAULT_SETTINGS)
  })
})

describe('settings', () => {
  it.each([
    [{ zone: 'X/Y' }, 'badZone'],
    [{ quietFrom: null }, 'badQuietHours'],
    [{ quietFrom: 1440 }, 'badQuietHours'],
    [{ quietFrom: 390 }, 'badQuietHours'],
    [{ minGapMinutes: 1.5 }, 'badGap'],
    [{ minGapMinutes: 1441 }, 'badGap'],
    [{ silentDays: 61 }, 'badSilence'],
    [{ quietFrom: null, quietTo: null }, null],
    [{}, null],
  ])('with %j have the problem %j', (fields, problem) => {
    expect(settingsProblem({ ...DEFAULT_SETTINGS, ...fields })).toBe(problem)
  })
})
