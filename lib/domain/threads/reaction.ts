/** The answers that need no words, in the order in which they are offered. */
export const REACTIONS = ['👍', '❤️', '😄', '🎉', '👀', '🤔', '🙏', '✅'] as const
export type Reaction = (typeof REACTIONS)[number]
export const isReaction = (text: string): text is Reaction => (REACTIONS as readonly string[]).includes(text)
