/**
 * How fields and parts of addresses are called that hold a secret, Russian and English. Beside what the page itself hides: a code
 * out of a message stands in an open field.
 */
const secretWords =
  /парол|пин-?код|секрет|токен|одноразов|код из|(?:^|[^a-z])(?:cvv|cvc|otp|pin|sid)(?:[^a-z]|$)|passw|passcode|passphrase|one-time|secret|token|api-?_?key|session|auth/iu;

/** Whether a name says that what stands under it is nobody else's business. */
export function soundsSecret(name: string): boolean {
  return secretWords.test(name);
}

/** An address with the values of its query that are called like secrets replaced by what `placeFor` says for their name. */
export function secretInAddress(url: string, placeFor: (name: string) => string): string {
  return url.replaceAll(/([?&])([^=&#]+)=([^&#]+)/gu, (whole, mark: string, name: string, value: string) =>
    soundsSecret(name) && !value.startsWith('{{') ? `${mark}${name}=${placeFor(name)}` : whole,
  );
}
