// Languages. Each has a chunk of texts for the first screen and one for later, fetched when they are needed.
import i18next, { changeLanguage, use } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { store } from './store';

export const LANGUAGES = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Texts = Record<string, object>;
export type Loaders = Record<Language, () => Promise<{ default: Texts }>>;

const chosen = store<Language | null>(null, 'amends.language');

function preferred(): Language {
  for (const tag of navigator.languages) {
    if (/^zh-(tw|hk|mo|hant)/i.test(tag)) return 'zh-TW';
    if (/^zh/i.test(tag)) return 'zh-CN';
    if (/^en/i.test(tag)) return 'en';
  }
  return 'zh-CN';
}

export const language = (): Language => chosen.get() ?? preferred();
export const useLanguage = () => {
  chosen.use();
  return language();
};

let first: Loaders;
let later: Loaders | undefined;
let isWhole = false;

async function add(tag: Language, from: Loaders) {
  const texts = (await from[tag]()).default;
  for (const [feature, words] of Object.entries(texts)) {
    i18next.addResourceBundle(tag, feature, words, true, true);
  }
}

async function load(tag: Language) {
  await Promise.all([add(tag, first), isWhole && later && add(tag, later)]);
  document.documentElement.lang = tag;
}

/** The texts that the first screen does without. */
export async function moreTexts() {
  if (isWhole || !later) return;
  await add(language(), later);
  isWhole = true;
}

export async function startLanguages(from: Loaders, more?: Loaders) {
  first = from;
  later = more;
  const tag = language();
  await use(initReactI18next).init({
    lng: tag,
    fallbackLng: false,
    defaultNS: 'common',
    ns: [],
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  });
  await load(tag);
}

export async function chooseLanguage(tag: Language) {
  await load(tag);
  chosen.set(tag);
  await changeLanguage(tag);
}
