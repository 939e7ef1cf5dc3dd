/** How a socket is opened from outside. */
export type Doorway = { readonly url: string; readonly cookie: string; readonly origin: string }
