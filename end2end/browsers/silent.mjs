/** A driver that did not answer, with a browser that rests: it says nothing about the page. */
export class Silent extends Error {}
