import { equalityDeep } from 'lib0/function'
import { Awareness } from 'y-protocols/awareness'

type Changes = { readonly added: number[]; readonly updated: number[]; readonly removed: number[] }

/** `update` is what the provider sends; news of others has nowhere to go from here. */
const mentions = ({ added, updated, removed }: Changes, clientId: number): boolean =>
  [added, updated, removed].some((clients) => clients.includes(clientId))

/**
 * Presence that says a thing once. Two habits of the stock parts cost a room of ten people a hundred
 * times their typing: the editor announces an unmoved caret again after every change by others, and the
 * provider sends back whatever presence it has just received.
 */
export class QuietAwareness extends Awareness {
  override setLocalState(state: Record<string, unknown> | null): void {
    const current = this.getLocalState()
    // The same object means «I am still here», every 15 s: that one must go out.
    if (state !== null && current !== null && state !== current && equalityDeep(state, current)) return
    super.setLocalState(state)
  }

  override emit(name: string, args: unknown[]): void {
    if (name === 'update' && !mentions(args[0] as Changes, this.clientID)) return
    super.emit(name, args)
  }
}
