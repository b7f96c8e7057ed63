/** The bits of an address as text, `0` and `1`: 32 of them or 128. */
function bitsOf(address: string): string {
  return address.includes(':')
    ? bitsOfIpv6(address)
    : address
        .split('.')
        .map((octet) => padded(Number(octet), 8))
        .join('');
}

/** An address is in a block when it begins with the block's first bits. */
export function isIn(address: string, cidr: string): boolean {
  const [base, length] = cidr.split('/') as [string, string];
  if (address.includes(':') !== base.includes(':')) return false;
  return bitsOf(address).startsWith(bitsOf(base).slice(0, Number(length)));
}

/** The address `offset` after the base of an IPv4 block. */
export function nthOf(cidr: string, offset: number): string {
  const octets = cidr.split('/')[0]!.split('.').map(Number);
  return [...octets.slice(0, 3), octets[3]! + offset].join('.');
}

function bitsOfIpv6(address: string): string {
  const [head, tail] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - head!.length - tail.length }, () => '0');
  return [...head!, ...zeros, ...(tail ?? [])].map((group) => padded(parseInt(group, 16), 16)).join('');
}

function padded(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}
