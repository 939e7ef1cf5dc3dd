import { CONTENDERS, type ContenderName, FLOORS } from '../contenders/contender.ts'
import { numeral, type Results, ROWS, type Row, valueIn } from './results.ts'
import type { Titles } from './table.ts'

const PANEL = { width: 460, title: 30, bar: 20, gap: 26 }
const LABELS = 190
const BARS = PANEL.width - LABELS - 70
const MARGIN = 28
/** A bar may be this many times as long as the target and ours; beyond that it is cut, and says so. */
const CUT = 3

/** Ours in the blue of the copy desk, servers in grey, floors in the lightest one. */
const STYLE = `
  text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #4d4a44; paint-order: stroke; stroke: #fffefc; stroke-width: 3px }
  .title { font-weight: 600; fill: #1c1b19 } .ours { font-weight: 600; fill: #1f40ae } .note { font-size: 11px; fill: #686459 }
  .paper { fill: #fffefc } .bar { fill: #a39e91 } .floor { fill: #d8d3c6 } .bar-ours { fill: #1f40ae }
  .target { stroke: #1b5e3d; stroke-width: 1.5; stroke-dasharray: 3 3 } .cut { stroke: #fffefc; stroke-width: 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #c2bdb2; stroke: #201f1c } .title { fill: #ece9e2 } .ours { fill: #a9bbff } .note { fill: #9c968a }
    .paper { fill: #201f1c } .bar { fill: #7d776b } .floor { fill: #4a463f } .bar-ours { fill: #a9bbff }
    .target { stroke: #8ad6ab } .cut { stroke: #201f1c }
  }`

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The comparison as a picture: a panel for each row that has a title for it, a bar for each server. */
export function chartOf(results: Results, titles: Titles, caption: string): string {
  const shown = CONTENDERS.filter((name) => titles[name] !== undefined)
  const rows = ROWS.filter((row) => row.chart && !Number.isNaN(valueIn(results, row, 'pupitre')))
  const panels = rows.map((row) => panelOf(results, row, shown, titles))
  const tops = [MARGIN + 24, MARGIN + 24]
  const placed = panels.map(({ svg, height }) => {
    // Into the shorter column, so that both end alike.
    const column = (tops[0] ?? 0) <= (tops[1] ?? 0) ? 0 : 1
    const top = tops[column] ?? 0
    tops[column] = top + height + PANEL.gap
    return `<g transform="translate(${MARGIN + column * (PANEL.width + MARGIN)} ${top})">${svg}</g>`
  })
  const width = 2 * PANEL.width + 3 * MARGIN
  const height = Math.max(...tops) + 10
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Pupitre and its peers, measured side by side</title>
<style>${STYLE}
</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
<text class="note" x="${MARGIN}" y="${MARGIN + 2}">${escaped(caption)}</text>
${placed.join('\n')}
</svg>
`
}

function panelOf(results: Results, row: Row, shown: readonly ContenderName[], titles: Titles) {
  const bars = shown
    .map((name) => ({ name, value: valueIn(results, row, name) }))
    .filter(({ value }) => !Number.isNaN(value))
  const largest = Math.max(...bars.map(({ value }) => value), row.target?.value ?? 0, 1e-9)
  const reference = Math.max(row.target?.value ?? 0, valueIn(results, row, 'pupitre'))
  const end = reference > 0 ? Math.min(largest, CUT * reference) : largest
  const scale = (value: number) => (Math.max(0, Math.min(value, end)) / end) * BARS
  const drawn = bars.map(({ name, value }, index) => {
    const y = PANEL.title + index * PANEL.bar
    const [style, words] =
      name === 'pupitre' ? ['bar-ours', 'ours'] : [FLOORS.includes(name) ? 'floor' : 'bar', '']
    const length = scale(value)
    const cut =
      value > end
        ? `<path class="cut" d="M${LABELS + BARS - 14} ${y + 14}l6 -14M${LABELS + BARS - 8} ${y + 14}l6 -14"/>`
        : ''
    return [
      `<text class="${words}" x="${LABELS - 8}" y="${y + 11}" text-anchor="end">${escaped(titles[name] ?? name)}</text>`,
      `<rect class="${style}" x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="14" rx="2"/>${cut}`,
      `<text class="${words}" x="${(LABELS + length + 6).toFixed(1)}" y="${y + 11}">${numeral(value)}${row.unit ? ` ${row.unit}` : ''}</text>`,
    ].join('')
  })
  const height = PANEL.title + bars.length * PANEL.bar
  const at = row.target && LABELS + scale(row.target.value)
  const target = at
    ? `<line class="target" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${PANEL.title - 5}" y2="${height}"/>`
    : ''
  const title = `<text class="title" x="0" y="14">${escaped(row.chart ?? '')}</text>`
  const aim = row.target
    ? `<text class="note" x="${PANEL.width}" y="14" text-anchor="end">target ${row.target.is === 'atMost' ? '≤' : '≥'} ${row.target.value}</text>`
    : ''
  return { svg: [target, title, aim, ...drawn].join('\n'), height }
}
