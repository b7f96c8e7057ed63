/** What became of a picture in Slack: shared, or about to be when a run ended. */
export interface PictureRecord {
  readonly fileId: string;
  readonly state: 'sharing' | 'shared';
}

/** Remembers which picture was posted where, so that a second press of the button posts nothing. */
export interface PictureLedger {
  read(pictureId: string): Promise<PictureRecord | undefined>;
  write(pictureId: string, record: PictureRecord): Promise<void>;
  /** One run at a time posts a picture, whichever process it is in. */
  exclusively<Result>(pictureId: string, work: () => Promise<Result>): Promise<Result>;
}
