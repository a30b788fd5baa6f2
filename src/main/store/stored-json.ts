/** A JSON column as a value of no known type; the caller parses it with the schema of what it holds. Columns have `CHECK (json_valid(…))`. */
export function storedJson(text: string): unknown {
  return JSON.parse(text);
}
