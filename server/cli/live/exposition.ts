type Labels = Readonly<Record<string, string>>
type Sample = { readonly labels: Labels; readonly value: number }

/** What one scrape said, by the names of its series. */
export type Scrape = ReadonlyMap<string, readonly Sample[]>

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

/** Reads the text format of Prometheus 0.0.4. What is no sample is passed over. */
export function parseScrape(text: string): Scrape {
  const scrape = new Map<string, Sample[]>()
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const sample = { labels: labelsIn(labels), value: numberOf(value) }
    const known = scrape.get(name)
    if (known) known.push(sample)
    else scrape.set(name, [sample])
  }
  return scrape
}

const numberOf = (text: string): number => Number(text.replace('Inf', 'Infinity'))

function labelsIn(text: string): Labels {
  const pairs = [...text.matchAll(LABEL)].map(([, name = '', value = '']) => [name, value])
  return Object.fromEntries(pairs)
}

const fits = (labels: Labels, wanted: Labels) =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value)

/** @returns the sum of the series that fit; null where there is none */
export function read(scrape: Scrape, name: string, wanted: Labels = {}): number | null {
  const found = (scrape.get(name) ?? []).filter(({ labels }) => fits(labels, wanted))
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0)
}

/** @returns values by one label, summed over the others */
export function readBy(scrape: Scrape, name: string, label: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { labels, value } of scrape.get(name) ?? []) {
    const key = labels[label] ?? ''
    sums.set(key, (sums.get(key) ?? 0) + value)
  }
  return sums
}

/** Seconds below which half and 99 % of what was timed between two scrapes stayed; null: there was nothing. */
export type Times = { readonly count: number; readonly p50: number; readonly p99: number }

export function timesBetween(before: Scrape, after: Scrape, name: string): Times | null {
  const bucket = `${name}_bucket`
  const earlier = readBy(before, bucket, 'le')
  const counts = [...readBy(after, bucket, 'le')]
    .map(([le, value]) => ({ most: numberOf(le), count: value - (earlier.get(le) ?? 0) }))
    .sort((one, other) => one.most - other.most)
  const count = counts.at(-1)?.count ?? 0
  return count > 0 ? { count, p50: quantile(counts, count * 0.5), p99: quantile(counts, count * 0.99) } : null
}

/** As `histogram_quantile` does: straight between the bounds of a bucket; the last bound for what is beyond all. */
function quantile(counts: readonly { most: number; count: number }[], rank: number): number {
  let below = { most: 0, count: 0 }
  for (const bucket of counts) {
    if (bucket.most === Number.POSITIVE_INFINITY) return below.most
    if (bucket.count >= rank) {
      const share = bucket.count === below.count ? 1 : (rank - below.count) / (bucket.count - below.count)
      return below.most + (bucket.most - below.most) * share
    }
    below = bucket
  }
  return below.most
}
