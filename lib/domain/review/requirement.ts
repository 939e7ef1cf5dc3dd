import type { Channel } from '../channels/channels.ts'
import { REVIEW_MODES, type ReviewMode, type ReviewSettings } from './settings.ts'

/**
 * What a text needs that is planned for these channels: the strictest of what they ask for, in the order of
 * REVIEW_MODES; planned nowhere, what the newsroom asks for.
 */
export function requirement(settings: ReviewSettings, channels: readonly Channel[]): ReviewMode {
  const modes = channels.map((channel) => settings.channels[channel] ?? settings.mode)
  return REVIEW_MODES.findLast((mode) => modes.includes(mode)) ?? settings.mode
}
