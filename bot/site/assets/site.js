"use strict";
// Dark and light first, so that nothing flashes. All that follows is an addition: every page is whole without it.
(() => {
  const root = document.documentElement;
  const kept = (value) => {
    try {
      if (value) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const chosen = kept();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  function themeSwitch() {
    const button = document.getElementById("theme");
    if (!button) return;
    const name = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      kept(root.dataset.theme);
      name();
    });
    name();
    button.hidden = false;
  }

  // A day between two changes shows the card of the change before it.
  function showDay() {
    const wanted = /^#day-(\d{4}-\d{2}-\d{2})$/.exec(location.hash);
    if (!wanted) return;
    const days = [...document.querySelectorAll("details[id^='day-']")];
    const found = days.find((each) => each.id.slice(4) <= wanted[1]);
    if (!found) return;
    found.open = true;
    found.scrollIntoView();
  }

  function nameUnderPointer() {
    const under = document.getElementById("under");
    const world = document.getElementById("world");
    if (!under || !world) return;
    const show = (event) => {
      const link = event.target.closest("a[aria-label]");
      under.textContent = link ? link.getAttribute("aria-label") : "\u00a0";
    };
    world.addEventListener("pointerover", show);
    world.addEventListener("focusin", show);
  }

  // As bot/names/folding.py does it.
  const folded = (text) =>
    text.normalize("NFKD").toLowerCase().normalize("NFKD")
      .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670'’ʼ`.\p{Cf}\p{Cc}]/gu, "")
      .replace(/ı/g, "i").replace(/ø/g, "o").replace(/ł/g, "l").replace(/ß/g, "ss")
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim().replace(/^st /, "saint ");

  const loaded = {};
  const load = (path) => {
    loaded[path] ??= fetch(document.body.dataset.root + path).then((answer) => {
      if (!answer.ok) throw new Error(path);
      return answer.json();
    });
    return loaded[path];
  };

  function line(list, href, words, level, behind) {
    const item = document.createElement("li");
    if (level) {
      const mark = document.createElement("span");
      mark.className = `mark l-${level}`;
      mark.setAttribute("aria-hidden", "true");
      item.append(mark);
    }
    const link = document.createElement("a");
    link.href = document.body.dataset.root + href;
    link.textContent = words;
    item.append(link, " ");
    const rest = document.createElement("span");
    rest.className = "faint";
    rest.textContent = behind;
    item.append(rest);
    list.append(item);
  }

  function namesLike(names, wanted) {
    const scored = [];
    for (const entry of names) {
      let best = 9;
      for (const name of entry[4]) {
        if (name === wanted) best = 0;
        else if (name.startsWith(wanted)) best = Math.min(best, 1);
        else if (` ${name}`.includes(` ${wanted}`)) best = Math.min(best, 2);
        else if (wanted.length > 3 && name.includes(wanted)) best = Math.min(best, 3);
      }
      if (best < 9) scored.push([best, entry]);
    }
    return scored.sort((one, two) => one[0] - two[0]).slice(0, 20).map((each) => each[1]);
  }

  function factsLike(facts, wanted) {
    const words = wanted.split(" ");
    const found = [];
    for (const fact of facts) {
      fact[3] ??= folded(fact[2]);
      if (words.every((word) => fact[3].includes(word))) found.push(fact);
    }
    return found.sort((one, two) => (one[1] < two[1] ? 1 : -1)).slice(0, 50);
  }

  function search() {
    const results = document.getElementById("results");
    const field = document.getElementById("q");
    if (!results || !field) return;
    const language = document.body.dataset.language;
    let turn = 0;
    const say = (words) => {
      const said = document.createElement("p");
      said.textContent = words;
      results.replaceChildren(said);
    };
    const show = async () => {
      const mine = ++turn;
      const wanted = folded(field.value);
      results.hidden = !field.value.trim();
      if (results.hidden) return;
      if ([...wanted].length < 2 && !/[^\u0000-\u052f]/.test(wanted)) {
        say(results.dataset.more);
        return;
      }
      try {
        const [names, facts] = await Promise.all([load(`${language}/names.json`), load("facts.json")]);
        if (mine !== turn) return;
        const list = document.createElement("ul");
        list.className = "lines";
        const called = Object.fromEntries(names.map((entry) => [entry[0], entry[1]]));
        for (const [page, name, level, words] of namesLike(names, wanted)) {
          line(list, `${language}/${page}`, name, level, words);
        }
        for (const [code, day, text] of factsLike(facts, wanted)) {
          const page = `actor/${code}.html`;
          line(list, `${language}/${page}`, called[page] ?? code, "", `${day}: ${text}`);
        }
        if (list.childElementCount) results.replaceChildren(list);
        else say(results.dataset.nothing);
      } catch {
        if (mine === turn) say(results.dataset.failed);
      }
    };
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.addEventListener("input", show);
    show();
  }

  function preferredLanguage() {
    const choose = document.getElementById("choose");
    if (!choose || choose.childElementCount < 2) return;
    const links = [...choose.querySelectorAll("a")];
    for (const wanted of navigator.languages) {
      const short = wanted.split("-")[0];
      const link = links.find((each) => each.lang === wanted) ?? links.find((each) => each.lang.split("-")[0] === short);
      if (link) {
        location.replace(link.href);
        return;
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    themeSwitch();
    showDay();
    nameUnderPointer();
    search();
    preferredLanguage();
  });
  addEventListener("hashchange", showDay);
})();
