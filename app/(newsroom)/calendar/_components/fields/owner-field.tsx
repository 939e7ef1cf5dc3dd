'use client'

import { useTranslations } from 'next-intl'
import { Avatar } from '#app/_ui/avatar.tsx'
import { SelectField } from '#app/_ui/select-field.tsx'
import { parseVolunteerId } from '#lib/domain/ids.ts'
import { useCalendar } from '../model.ts'
import type { FieldProps } from './slot-fields-props.ts'

/** Who sees to it that the slot is ready in time. */
export function OwnerField({ slot, editable, write }: FieldProps) {
  const t = useTranslations('calendar.sheet')
  const { people, actor } = useCalendar()
  const owner = slot.owner ? people.get(slot.owner) : undefined
  const names = [...people.values()].sort((a, b) => a.name.localeCompare(b.name, actor.locale))
  const options = [
    { value: '', label: t('nobody') },
    ...names.map(({ id, name }) => ({
      value: id as string,
      label: id === actor.volunteerId ? t('me', { name }) : name,
    })),
    ...(slot.owner && !owner ? [{ value: slot.owner as string, label: t('ownerGone') }] : []),
  ]
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 grow">
        <SelectField
          label={t('owner')}
          value={slot.owner ?? ''}
          options={options}
          disabled={!editable}
          onChange={(event) => write({ owner: parseVolunteerId(event.target.value) })}
        />
      </div>
      {owner && (
        <span className="grid h-(--control) place-items-center">
          <Avatar name={owner.name} color={owner.color} decorative />
        </span>
      )}
    </div>
  )
}
