/** A text of at most so many characters; a longer one ends in an ellipsis. Never cuts a character in half. */
export function clip(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const characters = Array.from(text);
  return characters.length > maximum
    ? `${characters
        .slice(0, maximum - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
