/** What the rules of recordings ask of the database, each call one guarded change (see `RoomStore`). */
// biome-ignore lint/suspicious/noEmptyInterface: its methods come with the part
export interface RecordingStore {}
