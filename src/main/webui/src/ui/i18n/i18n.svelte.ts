import { recall, remember } from "../storage";
import { en, type MessageKey } from "./en";
import { zhHans } from "./zh-Hans";

export const LOCALES = ["en", "zh-Hans"] as const;
export type Locale = (typeof LOCALES)[number];
export type Arguments = Readonly<Record<string, string | number>>;

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { en, "zh-Hans": zhHans };

class Language {
    locale = $state<Locale>(initialLocale());

    choose(locale: Locale): void {
        this.locale = locale;
        remember("locale", locale);
    }
}

function initialLocale(): Locale {
    const wanted = recall("locale") ?? navigator.language;
    return wanted.toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
}

export const language = new Language();

/** The message in the chosen language. Reading it in a component makes the component follow the choice. */
export function t(key: MessageKey, args: Arguments = {}): string {
    return fill(CATALOGUES[language.locale][key], args);
}

/** Whole numbers with separators: 1,234,567. */
export function number(value: number | bigint): string {
    return new Intl.NumberFormat(language.locale).format(value);
}

export function dateTime(t: number): string {
    return new Date(t).toLocaleString(language.locale, { dateStyle: "medium", timeStyle: "medium", hour12: false });
}

function fill(text: string, args: Arguments): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}
