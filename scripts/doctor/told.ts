/** Something to tell the person at the keyboard, without a stack. */
export class Told extends Error {}
