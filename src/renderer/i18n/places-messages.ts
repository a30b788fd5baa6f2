/** Addresses of places in the window, and the way back to where one was. */
export interface PlacesMessages {
  readonly places: {
    readonly copyLink: string;
    readonly linkCopied: string;
    readonly nothingThere: (address: string) => string;
    readonly messageNotShown: string;
  };
}
