// A key that an input method takes while it composes a word. Safari tells of the one that ends it only by its number.
const OF_INPUT_METHOD = 229;

export const isComposing = (event) => event.isComposing || event.keyCode === OF_INPUT_METHOD;
