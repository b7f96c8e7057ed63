/** As seen by the interface or subnet: `ingress` arrives, `egress` leaves. */
export type Direction = 'ingress' | 'egress';

export function opposite(direction: Direction): Direction {
  return direction === 'ingress' ? 'egress' : 'ingress';
}
