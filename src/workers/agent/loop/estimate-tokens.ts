/** Characters of a token of English prose and JSON, as the common tokenizers cut them: 4 and a little; less is safer. */
const asciiPerToken = 3.6;
/** Of Russian and other writing outside ASCII: about 2.2 with the tokenizers of the last years, less with older ones. */
const otherPerToken = 2;

/** A cautious guess of the tokens of a text; no tokenizer of ours knows every model's. */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) other += 1;
  return Math.ceil((text.length - other) / asciiPerToken + other / otherPerToken);
}
