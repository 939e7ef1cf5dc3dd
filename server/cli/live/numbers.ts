import type { Locale } from '#lib/domain/permissions.ts'

export type Numbers = {
  count(value: number): string
  /** @param value seconds */
  time(value: number): string
  /** @param value seconds, of hours and days */
  span(value: number): string
  size(bytes: number): string
  share(value: number): string
}

const SPACE = '\u00a0'

/** Numbers as people read them, three digits at most where nobody needs more. */
export function numbersIn(locale: Locale): Numbers {
  const language = `${locale}-CA`
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const rough = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const digits = (value: number) => (value < 10 ? rough : whole).format(value)
  const day = locale === 'fr' ? 'j' : 'd'
  return {
    count: (value) => digits(value),
    time: (value) => (value < 1 ? `${digits(value * 1000)}${SPACE}ms` : `${digits(value)}${SPACE}s`),
    span: (value) => {
      const minutes = Math.floor(value / 60)
      const hours = Math.floor(minutes / 60)
      if (minutes === 0) return `${Math.floor(value)}${SPACE}s`
      if (hours === 0) return `${minutes}${SPACE}min`
      if (hours < 24) return `${hours}${SPACE}h${SPACE}${String(minutes % 60).padStart(2, '0')}`
      return `${Math.floor(hours / 24)}${SPACE}${day}${SPACE}${hours % 24}${SPACE}h`
    },
    size: (bytes) => {
      const mib = bytes / 1024 ** 2
      return mib < 1024
        ? `${digits(mib)}${SPACE}${locale === 'fr' ? 'Mio' : 'MiB'}`
        : `${rough.format(mib / 1024)}${SPACE}${locale === 'fr' ? 'Gio' : 'GiB'}`
    },
    share: (value) => `${whole.format(value * 100)}${locale === 'fr' ? SPACE : ''}%`,
  }
}
