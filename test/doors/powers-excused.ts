/**
 * Routes that answer otherwise than power and reach alone say, each with its reason. This list may only shrink.
 * `denied`: the handler lets more people look than the reach of the route's power; `allowed`: a further rule says no; `unknown`: the last part is no id.
 */
export const excused: Readonly<Record<string, { readonly when: 'denied' | 'allowed' | 'unknown'; readonly why: string }>> = {
  'POST /households/:id/edit': { when: 'allowed', why: 'an empty form takes the household out of the grid, and so out of the reach of who keeps that grid only' },
};
