const PATHS = {
  mic: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  'mic-off':
    'M9 9v2a3 3 0 0 0 5 2.200M15 10V6a3 3 0 0 0-5.600-1.500M6 11a6 6 0 0 0 9.500 4.900M18 11a6 6 0 0 1-.4 2.200M12 17v4M4 4l16 16',
  camera: 'M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM15 11l6-3v8l-6-3',
  'camera-off':
    'M8 7h5a2 2 0 0 1 2 2v3M15 15a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2M16 11l5-3v8l-3-1.500M3 3l18 18',
  screen: 'M3 5h18v11H3zM8 20h8M12 16v4M12 13V8M9.500 10 12 7.500 14.500 10',
  'screen-off': 'M3 5h18v11H3zM8 20h8M12 16v4M9.500 8l5 5M14.500 8l-5 5',
  record: 'M12 12m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0M12 12m-3.500 0a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0-7 0',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h5M13 12h7M11 10v4',
  chat: 'M4 5h16v11H9l-5 4z',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20a6 6 0 0 1 12 0M16 4.500a3.500 3.500 0 0 1 0 6M17.500 14.500A6 6 0 0 1 21 20',
  link: 'M8 12a4 4 0 0 1 4-4M8 12a4 4 0 0 0 8 0M12 4v4M4 12h4M16 12h4M12 16v4',
  send: 'M4 12 20 4l-6 16-3-7z',
  more: 'M12 5.500v.010M12 12v.010M12 18.500v.010',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.500 10 17 19 7',
  lock: 'M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3',
  unlock: 'M7 11h10v9H7zM9 11V8a3 3 0 0 1 5.800-1',
  leave: 'M14 4H6v16h8M10 12h11M17 8l4 4-4 4',
  refresh: 'M20 12a8 8 0 1 1-2.500-5.800M20 3v4h-4',
  sound: 'M4 10v4h4l5 4V6L8 10zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11',
  'sound-off': 'M4 10v4h4l5 4V6L8 10zM16.500 9.500l5 5M21.500 9.500l-5 5',
  heart: 'M12 20S4 15 4 9.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8 2.500C20 15 12 20 12 20z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  hand: 'M8 12V6a1.5 1.5 0 0 1 3 0v5M11 10V4.500a1.5 1.5 0 0 1 3 0V11M14 11V6a1.5 1.5 0 0 1 3 0v8a6.500 6.500 0 0 1-11.500 4L3.500 15a1.600 1.600 0 0 1 2.500-2L8 14.500',
  pause: 'M8 5v14M16 5v14',
  back: 'M15 5l-7 7 7 7',
  phone: 'M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  'phone-off': 'M3 15c0-4 4-6 9-6s9 2 9 6l-4.500 1.500L15 13.500a12 12 0 0 0-6 0l-1.500 3z',
} as const

export type IconName = keyof typeof PATHS

/** A line drawing; what it means is said by the label of the control around it. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
