/** Decimal units, as AWS counts in its examples: `1.9 TB`. */
export function formatBytes(bytes: number): string {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? ['bytes', 1];
  const amount = bytes / size;
  return `${amount >= 100 || unit === 'bytes' ? Math.round(amount) : Number(amount.toPrecision(2))} ${unit}`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['PB', 1e15],
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
];

/** Of whatever currency: `12`, `0.06`. */
export function formatMoney(amount: number): string {
  if (amount >= 10) return String(Math.round(amount));
  return amount < 0.01 ? 'less than 0.01' : amount.toFixed(2);
}
