import Link from 'next/link'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import type { AuditLine } from '#lib/domain/audit/line.ts'
import { isRole } from '#lib/domain/permissions.ts'
import { isStage } from '#lib/domain/review/stage.ts'

/** What was decided, as one says it; below it the revision and the reason, where there are any. */
export async function Sentence({ line, zone }: { line: AuditLine; zone: string }) {
  const t = await getTranslations('audit')
  const values = await valuesOf(line, zone)
  const revision = await revisionOf(line, zone)
  const { reason } = line.detail
  return (
    <div className="min-w-0 grow wrap-anywhere">
      <p>{t.rich(`said.${line.action}`, values)}</p>
      {revision && <p className="text-faint text-sm">{revision}</p>}
      {typeof reason === 'string' && reason !== '' && (
        <p className="text-soft text-sm">{t('reason', { reason })}</p>
      )}
    </div>
  )
}

/** Whose decisions are the operator’s where they are nobody’s: all else happens by itself. */
const BY_OPERATOR = /^(volunteer|calendar|newsroom)\./

async function valuesOf(line: AuditLine, zone: string) {
  const { detail, draft, about } = line
  const [t, common, format] = await Promise.all([
    getTranslations('audit'),
    getTranslations('common'),
    getFormatter(),
  ])
  const text = (key: string) => String(detail[key] ?? '')
  const role = text('to') || text('role')
  const stage = text('to')
  const by = line.by?.name ?? t(`someone.${BY_OPERATOR.test(line.action) ? 'operator' : 'pupitre'}`)
  return {
    by: () => <strong className="font-semibold">{by}</strong>,
    about: () => <strong className="font-semibold">{about ?? '?'}</strong>,
    draft: () => <DraftName draft={draft} untitled={t('untitled')} gone={t('gone')} />,
    cause: text('cause') === 'text' && line.by ? 'text' : 'other',
    stage: isStage(stage) ? common(`stages.${stage}`) : stage,
    role: isRole(role) ? common(`roles.${role}`) : role,
    way: text('way'),
    what: detail.day ? 'day' : 'slot',
    // A day of the calendar has no clock: noon in UTC is that day everywhere where people write.
    day: detail.day
      ? format.dateTime(new Date(`${text('day')}T12:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' })
      : '',
    title: text('title') || t('untitled'),
    onDraft: draft ? 'yes' : 'no',
    added: Number(detail.added ?? 0),
    updated: Number(detail.updated ?? 0),
    moment: detail.takenAt ? await momentIn(zone, new Date(text('takenAt'))) : '',
  }
}

async function revisionOf({ revision }: AuditLine, timeZone: string): Promise<string | null> {
  if (!revision?.at) return null
  const [t, date] = await Promise.all([getTranslations('audit'), momentIn(timeZone, revision.at)])
  return revision.name === null ? t('revision', { date }) : t('revisionNamed', { name: revision.name, date })
}

async function momentIn(timeZone: string, at: Date): Promise<string> {
  const exact = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
  return new Intl.DateTimeFormat(`${await getLocale()}-CA`, exact).format(at)
}

type DraftProps = { draft: AuditLine['draft']; untitled: string; gone: string }

function DraftName({ draft, untitled, gone }: DraftProps) {
  if (draft?.title == null) return gone
  return (
    <Link href={`/drafts/${draft.id}`} className="font-serif text-accent underline underline-offset-2">
      {draft.title || untitled}
    </Link>
  )
}
