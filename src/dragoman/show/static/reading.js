
// Lights up what belongs together: a finding's words in the text, its entry in the lists, and what it refers to.
// Without this script the page is the same, and its links lead from one side to the other.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");

  const places = new Map();   // finding -> its pieces of the text and its entry
  const related = new Map();  // finding -> the findings it refers to or is referred to by
  const put = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);
  for (const piece of document.querySelectorAll("[data-f]"))
    for (const id of piece.dataset.f.split(" ")) put(places, id, piece);
  for (const entry of document.querySelectorAll("li[data-near]")) {
    put(places, entry.id, entry);
    for (const id of entry.dataset.near.split(" ")) if (id) { put(related, entry.id, id); put(related, id, entry.id); }
  }

  let picked = null;
  const marked = [];
  function clear() {
    for (const element of marked) { element.classList.remove("lit", "near"); element.removeAttribute("aria-current"); }
    marked.length = 0;
    picked = null;
  }
  function mark(id, name) {
    for (const element of places.get(id) ?? []) { element.classList.add(name); marked.push(element); }
  }
  function remember(id) {
    try { history.replaceState(null, "", "#" + id); } catch { /* a page inside a notebook has no address */ }
  }

  function pick(id, from) {
    clear();
    if (!places.has(id)) return;
    picked = id;
    for (const other of related.get(id) ?? []) mark(other, "near");
    mark(id, "lit");
    for (const element of places.get(id)) element.setAttribute("aria-current", "true");
    const entry = document.getElementById(id);
    const words = places.get(id).find(element => element !== entry);
    const folded = entry.closest("details");
    if (folded) folded.open = true;
    const small = matchMedia("(max-width: 54rem)").matches;
    if (from !== "entry" && !small) entry.scrollIntoView({ block: "nearest" });
    if (from !== "text" && words && !visible(words, small)) words.scrollIntoView({ block: small ? "start" : "center", behavior: from === "address" ? "instant" : "auto" });
    remember(id);
  }
  // Pointing at one side lights the other, as long as it lasts.
  let pointed = [];
  function point(target) {
    const piece = target?.closest?.("[data-f]"), entry = target?.closest?.("li[data-near]");
    const id = piece ? piece.dataset.f.split(" ")[0] : entry?.id;
    for (const element of pointed) element.classList.remove("pointed");
    pointed = id ? places.get(id) ?? [] : [];
    for (const element of pointed) element.classList.add("pointed");
  }
  if (matchMedia("(hover: hover)").matches) {
    document.addEventListener("mouseover", event => point(event.target));
    document.addEventListener("mouseleave", () => point(null));
  }

  function visible(element, small) {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight * (small ? .5 : 1);
  }

  document.addEventListener("click", event => {
    if (event.target.closest(".close")) { event.preventDefault(); clear(); return; }
    if (!getSelection().isCollapsed) return;  // somebody is copying words
    if (event.target.closest("a:not([data-pick], [data-f]), button:not(.close), input, select")) return;  // these do what they say
    const link = event.target.closest("a[data-pick]");
    const piece = event.target.closest("[data-f]");
    const entry = event.target.closest("li[data-near]");
    if (link) {
      event.preventDefault();
      pick(link.dataset.pick, "link");
    } else if (piece) {
      event.preventDefault();
      const here = piece.dataset.f.split(" ");  // the closest fitting first; again and again leads outwards
      pick(here[(here.indexOf(picked) + 1) % here.length], "text");
    } else if (entry) {
      event.preventDefault();
      pick(entry.id, "entry");
    } else if (!event.target.closest("a, label, summary, input")) {
      clear();
    }
  });

  // One stop for the tabulator in each text; the arrows lead on from there.
  for (const text of document.querySelectorAll(".text")) {
    const links = [...text.querySelectorAll("a")];
    links.forEach((link, index) => { link.tabIndex = index ? -1 : 0; });
    text.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const index = links.indexOf(document.activeElement);
      const next = links[index + step];
      if (!step || index < 0 || !next) return;
      event.preventDefault();
      links[index].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
  document.addEventListener("keydown", event => { if (event.key === "Escape") clear(); });

  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked) {
    const piece = document.getElementById(asked);
    pick(piece?.dataset.f ? piece.dataset.f.split(" ")[0] : asked, "address");
  }
})();
