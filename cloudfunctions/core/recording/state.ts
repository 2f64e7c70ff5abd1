import type { RecordingState } from '../documents'

/** Nothing is recorded: every room begins so, and brings its own wish. */
export const NO_RECORDING: Omit<RecordingState, 'record'> = { recordStream: '', recordTask: '', recordAt: 0 }
