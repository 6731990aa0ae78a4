import { expect, test } from 'vitest';
import { purifiedByItself } from '#webview/layout/purified.ts';

test.each([
  ['Verify Payment', 'Verify Payment'],
  ['<p><b>One</b><br/><i>Lambda&#58; a&#45;b</i></p>', '<p><b>One</b><br><i>Lambda: a-b</i></p>'],
  // As a browser writes them: these four stay names.
  ['&#60;img&#62; &#38; &#160;', '&lt;img&gt; &amp; &nbsp;'],
  ['&lt;img&gt; &amp; &nbsp;', '&lt;img&gt; &amp; &nbsp;'],
  ['&#128512;&#34;', '😀"'],
])('labels of our own are known to be pure: %s', (label, purified) => {
  expect(purifiedByItself(label)).toBe(purified);
});

test.each([
  '<img src=x onerror=alert(1)>',
  '<b onclick="x">a</b>',
  '<script>',
  'a > b',
  '&copy;',
  // References that do not mean the character of their number.
  '&#128;',
  '&#10;',
  '&#55357;',
  '&#1114112;',
  '&#x3c;',
])('whatever else there is goes to the purifier: %s', label => {
  expect(purifiedByItself(label)).toBeUndefined();
});
