/** What the rules of seats, requests and invitations ask of the database, each call one guarded change (see `RoomStore`). */
// biome-ignore lint/suspicious/noEmptyInterface: its methods come with the part
export interface LinkStore {}
