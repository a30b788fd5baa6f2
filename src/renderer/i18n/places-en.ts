import type { PlacesMessages } from './places-messages.ts';

export const placesEn: PlacesMessages = {
  places: {
    copyLink: 'Copy link',
    copyLinkTo: title => `Copy link: ${title}`,
    linkCopied: 'Link copied; it opens here, on this computer',
    nothingThere: address => `Nothing here has the address “${address}”: it may have been deleted, or the link is cut short.`,
    messageNotShown: 'The message that the link names is not in this chat as it is shown: it was deleted or is on another branch.',
  },
};
