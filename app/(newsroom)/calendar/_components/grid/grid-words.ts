import type { Locale } from '#lib/domain/permissions.ts'
import { timeWords } from '../agenda/agenda-words.ts'

/** The time where there is little room: a whole hour is « 20 h » (OQLF, Vitrine linguistique 22039), “8 p.m.”. */
export const clockWords = (ms: number, locale: Locale, zone: string): string =>
  timeWords(ms, locale, zone)
    .replace(/(?<=\sh)\s00$/, '')
    .replace(/:00(?=\D|$)/, '')
