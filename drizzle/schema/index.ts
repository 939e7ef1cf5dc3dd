export * from './calendar.ts'
export * from './documents.ts'
export * from './drafts.ts'
export * from './people.ts'
