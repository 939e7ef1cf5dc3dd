import { useTranslations } from 'next-intl'
import type { BodyMark } from '#lib/domain/body.ts'
import type { Shape } from '#lib/domain/history/blocks.ts'

const MARKS = ['bold', 'italic', 'link'] as const
const isKnown = (type: string): type is (typeof MARKS)[number] => (MARKS as readonly string[]).includes(type)

/** Blocks and formats in words. */
export function useShapeWords() {
  const t = useTranslations('history.shapes')
  const within = ({ within }: Shape) => {
    const outer = within.findLast(({ type }) => type !== 'listItem')?.type
    if (outer === 'bulletList' || outer === 'orderedList' || outer === 'blockquote') return t(outer)
    return null
  }
  const shape = (one: Shape): string => {
    const level = Number(one.attrs?.level ?? 1)
    const self = one.type === 'title' ? t('title') : one.type === 'heading' ? t('heading', { level }) : null
    return [self, within(one)].filter((part) => part !== null).join(', ') || t('paragraph')
  }
  const mark = ({ type }: BodyMark) => (isKnown(type) ? t(type) : t('format'))
  /** «+ gras», «− italique»: what happened to the marks of some words. */
  const marks = (before: readonly BodyMark[], after: readonly BodyMark[]): string => {
    const lacks = (all: readonly BodyMark[], one: BodyMark) => !all.some(({ type }) => type === one.type)
    const added = after.filter((one) => lacks(before, one)).map((one) => `+\u00a0${mark(one)}`)
    const removed = before.filter((one) => lacks(after, one)).map((one) => `−\u00a0${mark(one)}`)
    const said = [...added, ...removed].join(', ')
    // The same marks with other attributes: only links have any.
    return said === '' ? t('linkMoved') : said
  }
  return { shape, marks }
}
