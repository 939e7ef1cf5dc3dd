import { customType, timestamp } from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
})

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** A moment, kept with its zone; PostgreSQL's clock fills it where `defaultNow` says so. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
