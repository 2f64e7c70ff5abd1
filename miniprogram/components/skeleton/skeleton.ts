/** Grey shapes of room cards while the first list is on its way. */
Component({
  properties: {
    label: { type: String, value: '' },
  },
  data: { cards: [0, 1, 2, 3] },
})
