/** Rounds half to even; the decimal point is moved in the text, where no precision is lost. */
export function rounded(value: number, precision: number | undefined): number {
  const shifted = precision ? shift(value, precision) : value;
  let result = Math.round(shifted);
  if (Math.abs(result - shifted) === 0.5 && Math.abs(result % 2) === 1) result -= 1;
  if (precision) result = shift(result, -precision);
  return Object.is(result, -0) ? 0 : result;
}

function shift(value: number, places: number): number {
  const [mantissa, exponent] = value.toString().split('e');
  return Number(`${mantissa}e${Number(exponent ?? 0) + places}`);
}
