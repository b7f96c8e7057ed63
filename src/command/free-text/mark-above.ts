import type { Candidate } from './candidate.ts';

/** The candidate as one of the message above, in all its parts. */
export function markAbove({ source, destination, named, port, protocol, window, ...rest }: Candidate): Candidate {
  return {
    ...rest,
    ...(source && { source: above(source) }),
    ...(destination && { destination: above(destination) }),
    ...(named && { named: above(named) }),
    ...(port && { port: above(port) }),
    ...(protocol && { protocol: above(protocol) }),
    ...(window && { window: above(window) }),
  };
}

function above<Part extends { readonly isAbove?: true }>(part: Part): Part & { readonly isAbove: true } {
  return { ...part, isAbove: true };
}
