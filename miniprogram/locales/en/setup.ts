import type { Section } from '../dictionary'
import type { setup as zh } from '../zh-CN/setup'

export const setup: Section<typeof zh> = {
  'setup.titleLabel': 'Show title, 1 to {max} characters',
  'setup.placeholder': 'Name your show',
  'setup.untitled': 'My live show',
  'setup.count': '{n}/{max}',
  'setup.tooLong': 'A title has at most {max} characters',
  'setup.empty': 'Your show needs a title',
  'setup.cover': 'Cover colour',
  'setup.picture': 'Choose a cover picture',
  'setup.pictureAgain': 'Choose another cover picture',
  'setup.pictureSending': 'Uploading cover',
  'setup.pictureReady': 'Cover is ready',
  'setup.pictureRemove': 'Remove',
  'setup.pictureRemoveLabel': 'Remove the cover picture',
  'setup.picture.too-large': 'Over 5 MB. Please pick a smaller picture.',
  'setup.picture.not-opened': 'Could not open your photos. Check the photo access and try again.',
  'setup.picture.not-sent': 'Not uploaded. Pick it again, or start with just the colour.',
  'setup.start': 'Go live',
  'setup.starting': 'Going live',

  'cover.coral': 'Coral',
  'cover.amber': 'Amber',
  'cover.jade': 'Jade',
  'cover.ocean': 'Ocean',
  'cover.violet': 'Violet',
  'cover.graphite': 'Graphite',
  'cover.label': '{name}, cover colour',
  'cover.selected': '{name}, cover colour, selected',
}
