/** A series of the text format of Prometheus: its name, and its labels as they were written. */
type Series = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

type Family = { help: string | null; type: string | null; readonly series: Series[] }

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|\+Inf|NaN|Nan)$/
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(?:,|$)/
const TYPES = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped'])

/**
 * Reads the text format (version 0.0.4) to the letter: https://prometheus.io/docs/instrumenting/exposition_formats/.
 * Throws at the first thing that Prometheus would choke on, or take for something else.
 */
export function readExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const families = new Map<string, Family>()
  const seen = new Set<string>()
  let current = ''
  for (const line of text.split('\n').filter((some) => some !== '')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line)
    if (comment) {
      const [, kind, name = '', rest = ''] = comment
      if (!NAME.test(name)) throw new Error(`no name: ${line}`)
      if (current !== name) {
        if (families.has(name)) throw new Error(`${name} is told in two places`)
        current = name
        families.set(name, { help: null, type: null, series: [] })
      }
      const family = families.get(name)
      if (family) describe(family, kind === 'HELP', rest, line)
      continue
    }
    const series = readSeries(line)
    const key = `${series.name} ${JSON.stringify(Object.entries(series.labels).sort())}`
    if (seen.has(key)) throw new Error(`twice: ${line}`)
    seen.add(key)
    const family = families.get(current)
    if (!family || !belongs(series.name, current, family.type))
      throw new Error(`not below its own TYPE: ${line}`)
    family.series.push(series)
  }
  for (const [name, family] of families) checkFamily(name, family)
  return families
}

function describe(family: Family, isHelp: boolean, rest: string, line: string): void {
  if (family.series.length > 0) throw new Error(`after its series: ${line}`)
  if (isHelp ? family.help !== null : family.type !== null) throw new Error(`said twice: ${line}`)
  if (isHelp) family.help = rest
  else if (TYPES.has(rest)) family.type = rest
  else throw new Error(`no type: ${line}`)
}

function readSeries(line: string): Series {
  const [, name, braces, value] = SAMPLE.exec(line) ?? []
  if (name === undefined || value === undefined) throw new Error(`no sample: ${line}`)
  const labels: Record<string, string> = {}
  let rest = braces?.slice(1, -1) ?? ''
  while (rest !== '') {
    const [whole, label, content] = LABEL.exec(rest) ?? []
    if (whole === undefined || label === undefined || content === undefined)
      throw new Error(`no label: ${line}`)
    if (label in labels) throw new Error(`a label twice: ${line}`)
    labels[label] = content
    rest = rest.slice(whole.length)
  }
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) }
}

const belongs = (series: string, family: string, type: string | null): boolean =>
  type === 'histogram'
    ? ['_bucket', '_sum', '_count'].some((end) => series === family + end)
    : series === family

function checkFamily(name: string, { help, type, series }: Family): void {
  if (help === null || type === null) throw new Error(`${name} has no HELP or no TYPE`)
  if (type === 'counter' && series.some(({ value }) => value < 0)) throw new Error(`${name} is below 0`)
  if (type !== 'histogram') return
  const groups = new Map<string, Series[]>()
  for (const one of series) {
    const { le: _, ...labels } = one.labels
    const key = JSON.stringify(labels)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  for (const [key, group] of groups) checkBuckets(`${name}${key}`, name, group)
}

function checkBuckets(what: string, name: string, group: readonly Series[]): void {
  const buckets = group.filter((one) => one.name === `${name}_bucket`)
  const bounds = buckets.map(({ labels }) => Number((labels.le ?? 'none').replace('Inf', 'Infinity')))
  const counts = buckets.map(({ value }) => value)
  const rises = (numbers: readonly number[], strictly: boolean) =>
    numbers.every(
      (n, at) => at === 0 || (strictly ? n > (numbers[at - 1] ?? 0) : n >= (numbers[at - 1] ?? 0)),
    )
  if (bounds.at(-1) !== Number.POSITIVE_INFINITY) throw new Error(`${what} has no bucket of +Inf`)
  if (!rises(bounds, true)) throw new Error(`${what} has buckets in no order`)
  if (!rises(counts, false)) throw new Error(`${what} has buckets that do not add up`)
  const count = group.find((one) => one.name === `${name}_count`)?.value
  if (count !== counts.at(-1)) throw new Error(`${what} has another count than its last bucket`)
  if (!group.some((one) => one.name === `${name}_sum`)) throw new Error(`${what} has no sum`)
}
