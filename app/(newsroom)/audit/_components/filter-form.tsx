import Form from 'next/form'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Button } from '#app/_ui/button.tsx'
import { buttonLook } from '#app/_ui/button-look.ts'
import { SelectField } from '#app/_ui/select-field.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { DECISION_GROUPS } from '#lib/domain/audit/decision.ts'
import { type Filter, isNarrow } from './filter.ts'

type Props = {
  filter: Filter
  people: readonly { readonly id: string; readonly name: string }[]
  /** Of the draft that the filter names. */
  title: string
}

/** Asks the server with the address: what was filtered can be shared, and gone back to. */
export async function FilterForm({ filter, people, title }: Props) {
  const t = await getTranslations('audit.filter')
  const groups = await getTranslations('audit.groups')
  const everybody = people.map(({ id, name }) => ({ value: id, label: name }))
  const kinds = DECISION_GROUPS.map((group) => ({ value: group, label: groups(group) }))
  return (
    <Form
      action="/audit"
      // What was typed is forgotten with the filter that it asked for.
      key={JSON.stringify(filter)}
      aria-label={t('label')}
      className="grid grid-cols-2 items-end gap-3 border-rule border-b py-4 sm:grid-cols-[1.4fr_1fr_auto_auto_auto]"
    >
      <SelectField
        label={t('person')}
        name="person"
        defaultValue={filter.person ?? ''}
        options={[{ value: '', label: t('anybody') }, ...everybody]}
      />
      <SelectField
        label={t('group')}
        name="group"
        defaultValue={filter.group ?? ''}
        options={[{ value: '', label: t('anything') }, ...kinds]}
      />
      <TextField label={t('from')} name="from" type="date" defaultValue={filter.from ?? ''} />
      <TextField label={t('to')} name="to" type="date" defaultValue={filter.to ?? ''} />
      {filter.draft && <input type="hidden" name="draft" value={filter.draft} />}
      <div className="col-span-2 flex items-center gap-2 sm:col-span-1">
        <Button type="submit" kind="primary">
          {t('submit')}
        </Button>
        {isNarrow(filter) && (
          <Link href="/audit" className={buttonLook('ghost')}>
            {t('clear')}
          </Link>
        )}
      </div>
      {filter.draft && <p className="col-span-full text-soft text-sm">{t('draft', { title })}</p>}
    </Form>
  )
}
