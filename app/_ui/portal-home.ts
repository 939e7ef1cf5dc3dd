/** Where what floats is put in the page: within its main part, so that people who move by landmarks find it. */
export const portalHome = (): HTMLElement | undefined =>
  typeof document === 'undefined' ? undefined : (document.getElementById('main') ?? undefined)
