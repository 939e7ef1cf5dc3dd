import { CONTENDERS, type ContenderName } from '../contenders/contender.ts'
import { figure, row as line } from '../statistics.ts'
import { bestPeer, isMet, numeral, type Results, ROWS, type Row, valueIn } from './results.ts'

export type Titles = Readonly<Partial<Record<ContenderName, string>>>

/** The comparison as Markdown; rows that nobody was measured for are left out. */
export function tableOf(results: Results, titles: Titles): string {
  const shown = CONTENDERS.filter((name) => titles[name] !== undefined)
  const names = shown.map((name) => titles[name] ?? name)
  const lines = [
    line(['', 'target', ...names, '÷ reference', '÷ best peer']),
    line(['---', '--:', ...names.map(() => '--:'), '--:', '--:']),
  ]
  for (const row of ROWS) {
    const cells = shown.map((name) => cellOf(results, row, name))
    if (cells.every((cell) => cell === '–')) continue
    const label = row.ofTheLoad ? `*${row.label}*` : row.label
    lines.push(line([label, targetOf(row), ...cells, ...ratiosOf(results, row)]))
  }
  return lines.join('\n')
}

function cellOf(results: Results, row: Row, name: ContenderName): string {
  const value = valueIn(results, row, name)
  const base = row.of && !Number.isNaN(value) ? ` of ${valueIn(results, row, name, row.of)}` : ''
  const text = numeral(value) + base
  if (name !== 'pupitre') return text
  const met = isMet(row, value)
  return met === null ? text : `**${text}** ${met ? '✓' : '✗'}`
}

function targetOf({ target }: Row): string {
  if (!target) return ''
  return `${target.is === 'atMost' ? '≤' : '≥'} ${target.value}`
}

function ratiosOf(results: Results, row: Row): readonly string[] {
  if (row.ofTheLoad || row.sum || row.figure === 'code') return ['', '']
  const ours = valueIn(results, row, 'pupitre')
  return [ours / valueIn(results, row, 'reference'), ours / bestPeer(results, row)].map((ratio) =>
    Number.isFinite(ratio) && ratio >= 0 ? figure(ratio) : '',
  )
}
