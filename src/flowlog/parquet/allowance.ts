/** Refuses to let a page unpack to so many bytes. */
export type Allow = (bytes: number) => void;

/** Writers begin a new page after a megabyte or so; some put a whole column of a row group into one. */
const MOST_PAGE_BYTES = 128 * 2 ** 20;

/** Of one file: thirty times what the largest one that is read has. */
const MOST_FILE_BYTES = 2 ** 31;

/** What packs well may be a trap: no page, and not all pages of one file together, become larger than a file can need. */
export function createAllowance(): Allow {
  let left = MOST_FILE_BYTES;
  return (bytes) => {
    left -= bytes;
    if (!(bytes >= 0 && bytes <= MOST_PAGE_BYTES && left >= 0)) throw new Error('pages too large');
  };
}
