// The page begins here.

import { parse } from './core/base.js';
import { byId } from './core/dom.js';
import { icon } from './core/icons.js';
import { choose, firstLanguage, language, onWords, speak, t } from './core/words.js';
import { loadPictures, on, reload, take, tell } from './core/store.js';
import { listen } from './core/stream.js';
import { addPlace, arrive, go } from './core/router.js';
import { bind, shown } from './core/keys.js';
import { nextSmooth, nextTheme } from './core/theme.js';
import { menu } from './core/menu.js';
import { attempt } from './core/notes.js';
import { startBar } from './create/bar.js';
import { takeLink } from './create/styles.js';
import { startDrop } from './create/dropped.js';
import { fillFeed, startFeed } from './feed/feed.js';
import { startQueue } from './queue/panel.js';
import { explore } from './explore/explore.js';
import { grid } from './grid/grid.js';
import { library } from './library/library.js';
import { train } from './train/train.js';
import { models } from './models/models.js';
import { editor } from './edit/editor.js';
import { compare } from './compare/compare.js';
import { openHelp } from './help/help.js';
import { startTour } from './help/tour.js';
import { openPalette } from './help/palette.js';

/** The state the server put into the document, if it did. */
function served() {
  const text = document.getElementById('state')?.textContent;
  return text ? parse(text) : null;
}

async function start() {
  const state = served();
  if (state) take(state);
  await speak(firstLanguage(state?.language));
  for (const el of document.querySelectorAll('[data-icon]')) el.prepend(icon(/** @type {any} */ (el).dataset.icon, 20));
  onWords(() => {
    tell('words');
    arrive();
  });
  on('online', (value) => {
    byId('offline').hidden = value;
  });
  startBar();
  startQueue();
  startFeed();
  startDrop();
  addPlace('create', { show: takeLink });
  addPlace('explore', explore);
  addPlace('grid', grid);
  addPlace('library', library);
  addPlace('train', train);
  addPlace('models', models);
  addPlace('edit', editor);
  addPlace('compare', compare);
  bind('global', { theme: nextTheme, smooth: nextSmooth });
  byId('more-button').addEventListener('click', () =>
    menu(byId('more-button'), [
      { text: t('place.grid'), icon: 'grid', key: shown('alt+6'), testid: 'to-grid', act: () => go('/grid') },
      null,
      { text: t('nav.palette'), icon: 'command', key: shown('mod+k'), testid: 'open-palette', act: openPalette },
      { text: t('nav.keys'), icon: 'help', key: '?', testid: 'open-help', act: openHelp },
      null,
      { text: t('nav.theme'), icon: 'theme', testid: 'theme', act: nextTheme },
      { text: t('nav.smooth'), icon: 'pixels', testid: 'smooth', act: nextSmooth },
      {
        text: language === 'en' ? '中文' : 'English',
        icon: 'language',
        testid: 'language',
        act: () => choose(language === 'en' ? 'zh' : 'en'),
      },
    ]));
  arrive();
  await attempt(() => (state ? loadPictures() : reload()));
  fillFeed();
  startTour();
  listen();
  document.documentElement.dataset.ready = 'true';
}

start();
