// Looks: light or dark, pixels or smooth. Loaded first and alone, so that nothing flashes.
(() => {
  const root = document.documentElement;
  /** @param {string} name @param {any} otherwise */
  const read = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem('atelier.' + name) ?? 'null') ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  root.dataset.theme = read('theme', 'system');
  root.dataset.pixels = read('smooth', false) ? 'smooth' : 'exact';
})();
