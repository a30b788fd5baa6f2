/** The first thing main says on a port it has accepted, before any frame; the preload keeps it to itself. */
export const portHello = 'konspekt:open';
