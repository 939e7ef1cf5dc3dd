'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { ok } from '#lib/domain/result.ts'
import { peopleOf } from './people-of.ts'

/** Everybody who is or was in the newsroom, as others see them. */
export const listPeople = newsroomAction(z.object({}), async (actor) => ok(await peopleOf(actor)))
