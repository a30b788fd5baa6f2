/** Addresses of places in the window, and the way back to where one was. */
export interface PlacesMessages {
  readonly places: {
    readonly copyLink: string;
    /** Where many links can be copied, so that each is told apart when read aloud. */
    readonly copyLinkTo: (title: string) => string;
    readonly linkCopied: string;
    readonly nothingThere: (address: string) => string;
    readonly messageNotShown: string;
  };
}
