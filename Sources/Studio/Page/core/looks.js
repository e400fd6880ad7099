// Looks: light or dark, pixels or smooth. Loaded first and alone, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const read = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem('atelier.' + name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  root.dataset.theme = read('theme', 'system');
  root.dataset.pixels = read('smooth', false) ? 'smooth' : 'exact';
})();
