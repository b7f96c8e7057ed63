/** Preloaded into a process whose clock is off: https://nodejs.org/api/cli.html#--importmodule */
const shift = Number(process.env.CLOCK_SHIFT_SECONDS ?? '0') * 1000;
const TrueDate = Date;

globalThis.Date = class extends TrueDate {
  constructor(...parts) {
    if (parts.length === 0) super(TrueDate.now() + shift);
    else super(...parts);
  }

  static now() {
    return TrueDate.now() + shift;
  }
};
