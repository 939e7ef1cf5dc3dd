import { expect, test } from 'vitest'
import { COLORS, isColor, rarestColor } from '#lib/domain/accounts/colors.ts'

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(COLORS)('%s carries a white label at 4.5 to 1', (color) => {
  expect(color).toMatch(/^#[0-9a-f]{6}$/)
  expect(1.05 / (luminance(color) + 0.05)).toBeGreaterThanOrEqual(4.5)
})

test('no colour is there twice, and no other is one', () => {
  expect(new Set(COLORS).size).toBe(COLORS.length)
  expect(['#b3261e', '#B3261E', '#ffffff', 'red'].map(isColor)).toEqual([true, false, false, false])
})

test('a newcomer wears the colour that fewest wear', () => {
  expect(rarestColor([])).toBe(COLORS[0])
  expect(rarestColor(COLORS.slice(0, 5))).toBe(COLORS[5])
  expect(rarestColor([...COLORS, ...COLORS.slice(0, 3), '#000000'])).toBe(COLORS[3])
})
