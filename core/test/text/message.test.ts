import { describe, expect, test } from 'vitest';
import { inWords, say } from '#core/text/message.ts';
import { translateBy } from '#core/text/translate.ts';

describe('a message', () => {
  test('keeps its text apart from the values', () => {
    expect(say`No state named '${'Pay'}' in ${2} scopes.`).toEqual({
      text: "No state named '{0}' in {1} scopes.",
      values: ['Pay', 2],
    });
    expect(say`Nothing leads here.`).toEqual({ text: 'Nothing leads here.', values: [] });
  });

  test('is English unless a language is asked for', () => {
    const message = say`No state named '${'Pay'}'.`;
    expect(inWords(message)).toBe("No state named 'Pay'.");
    expect(inWords(message, translateBy({ "No state named '{0}'.": "Kein Zustand namens '{0}'." }))).toBe(
      "Kein Zustand namens 'Pay'.",
    );
  });

  test('may put its values into another order', () => {
    const german = translateBy({ '{0} of {1}': 'von {1}: {0}' });
    expect(inWords(say`${1} of ${3}`, german)).toBe('von 3: 1');
  });

  test('translates the sentences that stand in it', () => {
    const hint = say`Did you mean '${'Paid'}'?`;
    const german = translateBy({
      'Unknown. {0}': 'Unbekannt. {0}',
      "Did you mean '{0}'?": "Meinten Sie '{0}'?",
    });
    expect(inWords(say`Unknown. ${hint}`)).toBe("Unknown. Did you mean 'Paid'?");
    expect(inWords(say`Unknown. ${hint}`, german)).toBe("Unbekannt. Meinten Sie 'Paid'?");
  });

  test('leaves braces in values alone', () => {
    expect(inWords(say`The template '${'{0} {1}'}' has ${2} places.`)).toBe(
      "The template '{0} {1}' has 2 places.",
    );
  });
});
