/**
 * Says one short sentence to screen readers, once, after things have come to rest. The region is
 * emptied first, since a reader stays silent when the same words are set again.
 */
const REST = 700;
let timer = 0;

export function announce(sentence: string, region = document.querySelector<HTMLElement>("[data-announce]")): void {
  if (!region) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    region.textContent = "";
    window.setTimeout(() => {
      region.textContent = sentence;
    }, 60);
  }, REST);
}
