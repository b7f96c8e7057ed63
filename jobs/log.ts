/** The part of a pino logger that jobs use. The message is a fixed text; what varies is in the fields. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
