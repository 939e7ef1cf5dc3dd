/**
 * Colours a volunteer may take, six-digit hex because a caret needs that. Each carries a white label at 4.5 : 1
 * or better (WCAG 2.2, 1.4.3), and neighbours in the list are far apart on the wheel.
 */
export const COLORS = [
  '#b3261e',
  '#0b6e99',
  '#7a4f01',
  '#5b3fc4',
  '#1b7a3d',
  '#b0217f',
  '#3a5ba9',
  '#a8480d',
  '#0f766e',
  '#8b3a94',
  '#5a6b00',
  '#5d5f66',
] as const
export type Color = (typeof COLORS)[number]

export const isColor = (text: string): text is Color => (COLORS as readonly string[]).includes(text)

/** The colour that fewest of a team wear: the first of the list among equals. */
export function rarestColor(worn: readonly string[]): Color {
  const count = (color: Color) => worn.filter((other) => other === color).length
  return COLORS.reduce((best: Color, color) => (count(color) < count(best) ? color : best), COLORS[0])
}
