// Runs before the first paint: a remembered choice of light or dark wins over the system's.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
document.documentElement.classList.add("js");
// A text in the address will be answered: the start page keeps the place for it.
if (location.hash.startsWith("#t=")) document.documentElement.classList.add("has-text");
