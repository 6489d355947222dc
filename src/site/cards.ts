/** Which pages have a social card: the kinds of page that people share. */
export const hasCard = (_path: string): boolean => false;
