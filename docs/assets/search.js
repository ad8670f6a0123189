/* The search box: Pagefind's index in a dialogue of our own. Nothing is loaded until a reader opens it.
   Results are briefings with the statements in them that match (quotes, moves, key sentences, actors), moves across
   briefings, actors and pages. Keys: / opens, arrows walk, Enter goes, Esc closes. */
(() => {
  "use strict";
  const opener = document.querySelector(".rs-open");
  if (!opener || !window.HTMLDialogElement) return;
  // Loaded for print, which holds up no page; from here on it counts.
  const style = document.querySelector("link[data-rs-style]");
  if (style) style.media = "all";
  const base = new URL(opener.dataset.rs.replace(/\/?$/, "/"), location.href);
  const FIRST = 8, MORE = 12, RANKED = 14, STATEMENTS = 3, ACTORS = 40;
  const KINDS = { briefing: "Briefing", quote: "Quote", move: "Move", actor: "Actor", sentence: "Key sentence", page: "Page" };
  const LETTER = { q: "quote", m: "move", s: "sentence", a: "actor" };
  const FACETS = { kind: "Show", topic: "Topic", year: "Year", type: "Type of move", status: "Status of move", outlet: "Outlet" };
  const chosen = { kind: new Set(), topic: new Set(), year: new Set(), type: new Set(), status: new Set(), outlet: new Set(), actor: new Set() };
  let dialog, input, status, list, more, facets, actors, engine, round = 0, timer = 0, ready = false, found = [], shown = 0, counts = {};

  /* ------------------------------------------------------------ parts */
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
    node.append(...children);
    return node;
  };
  const number = (n, one, many) => `${n.toLocaleString("en").replace(/,/g, "\u202f")} ${n === 1 ? one : many}`;
  const day = (iso) => {
    const m = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso || "");
    return m ? `${+m[3]} ${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][m[2] - 1]} ${m[1]}` : "date unknown";
  };

  const build = () => {
    input = make("input", { type: "search", id: "rs-words", class: "rs-words", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      enterkeyhint: "search", placeholder: "Words of a quote, an actor, a move …", "aria-label": "Search for", "aria-controls": "rs-list", "aria-describedby": "rs-help" });
    const close = make("button", { type: "button", class: "rs-close", "aria-label": "Close search" }, "Close");
    const form = make("form", { role: "search", class: "rs-form", "aria-label": "Search this site" }, input, close);
    status = make("p", { role: "status", class: "rs-status" });
    list = make("ol", { id: "rs-list", class: "rs-list", "aria-label": "Results" });
    more = make("button", { type: "button", class: "rs-more", hidden: true }, "Show more");
    const help = make("p", { id: "rs-help", class: "rs-help" }, "Arrow keys walk through the results, Enter opens one, Esc closes.");
    facets = make("div", { class: "rs-facets" });
    const panel = make("details", { class: "rs-panel", open: matchMedia("(min-width: 48em)").matches }, make("summary", {}, "Filter the results"), facets);
    dialog = make("dialog", { class: "rs", "aria-label": "Search", "data-md-color-scheme": document.body.dataset.mdColorScheme || false }, form,
      make("div", { class: "rs-body" }, make("div", { class: "rs-main" }, status, list, more, help), panel));
    document.body.append(dialog);
    actors = make("details", { class: "rs-facet" }, make("summary", {}, "Actor"), make("div"));
    actors.addEventListener("toggle", () => { if (actors.open) drawActors(); });
    drawFacets();

    form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 90); });
    close.addEventListener("click", () => dialog.close());
    more.addEventListener("click", () => { const at = list.children.length; show(MORE).then(() => list.children[at]?.querySelector("a")?.focus()); });
    panel.addEventListener("toggle", () => { if (panel.open && ready) count(); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => opener.focus());
    dialog.addEventListener("keydown", walk);
    facets.addEventListener("change", (event) => {
      const { name, value, checked } = event.target;
      if (!chosen[name]) return;
      chosen[name][checked ? "add" : "delete"](value);
      search();
    });
  };

  /* ------------------------------------------------------------ engine */
  const load = async () => {
    const at = (name) => new URL(`pagefind/${name}`, base).href;
    const [{ version, indexes }, { createInstance }] = await Promise.all([
      fetch(at("indexes.json"), { cache: "no-cache" }).then((answer) => { if (!answer.ok) throw new Error("no index"); return answer.json(); }),
      import(at("pagefind.js")),
    ]);
    // `metaCacheTag`: a browser keeps what it loaded until the indexes change.
    const shared = { baseUrl: base.pathname, metaCacheTag: version };
    const pagefind = createInstance({ ...shared, basePath: at(`${indexes[0]}/`), noWorker: true });
    await Promise.all(indexes.slice(1).map((name) => pagefind.mergeIndex(at(`${name}/`), { ...shared, indexWeight: name === "names" ? 1.5 : 1 })));
    ready = true;
    return pagefind;
  };
  const start = () => {
    engine ||= load();
    return engine;
  };

  const filters = (loaded = []) => {
    const wanted = {};
    for (const [name, values] of Object.entries(chosen)) {
      if (name !== "kind" && values.size) wanted[name] = { any: [...values] };
      // An empty choice filters nothing, but has Pagefind load and count this filter.
      else if (loaded.includes(name)) wanted[name] = { any: [] };
    }
    return wanted;
  };

  const words = () => input.value.trim();
  const asked = () => words() || Object.values(chosen).some((values) => values.size);

  const search = async () => {
    const mine = ++round;
    if (!asked()) {
      found = [];
      list.replaceChildren();
      more.hidden = true;
      status.textContent = "";
      if (counts) count();
      return;
    }
    status.textContent ||= "Searching …";
    try {
      const pagefind = await start();
      const result = await pagefind.search(words() || null, { filters: filters() });
      if (mine !== round) return;
      found = await ranked(result.results);
      if (mine !== round) return;
      shown = 0;
      const fresh = document.createDocumentFragment();
      await show(FIRST, fresh, mine);
      if (mine !== round) return;
      list.replaceChildren(fresh);
      list.scrollTop = 0;
      tell();
      count();
    } catch (error) {
      engine = null;
      status.textContent = "The search index could not be loaded.";
      throw error;
    }
  };

  /* Each index weighs words by its own counts, so merged results of several words come in a rough order. The first of
     them are put right: those with all the words in one statement, then those with all on the page. */
  const ranked = async (results) => {
    const terms = words().toLowerCase().split(/\s+/).map(bare).filter(Boolean);
    if (terms.length < 2) return results;
    const first = await Promise.all(results.slice(0, RANKED).map(async (result, order) => {
      const data = await result.data();
      const { pieces, hits } = hit(data);
      const kinds = (places) => terms.filter((term) => places.some((p) => like(bare(pieces[p] || "").toLowerCase(), term))).length;
      const all = kinds(data.weighted_locations.map((p) => p.location));
      return { result, order, all, close: Math.max(0, ...[...hits.values()].map(kinds)) };
    }));
    first.sort((a, b) => b.all - a.all || b.close - a.close || a.order - b.order);
    return [...first.map((one) => one.result), ...results.slice(RANKED)];
  };
  /* The same word, or another form of it. */
  const like = (word, term) => word.startsWith(term) || (word.length > 3 && term.startsWith(word.slice(0, -1)) && term.length - word.length < 3);

  const tell = () => {
    const sort = [...chosen.kind].map((k) => KINDS[k].toLowerCase()).join(" or ");
    status.textContent = found.length ? `${number(found.length, "result", "results")}${sort ? `, of which those with a ${sort}` : ""}` : "Nothing was found.";
    more.hidden = shown >= found.length;
  };

  /* Loads and appends the next results; what holds no chosen kind is passed over. */
  const show = async (amount, into = list, mine = round) => {
    let made = 0;
    while (made < amount && shown < found.length) {
      const part = found.slice(shown, shown + amount - made);
      shown += part.length;
      const loaded = await Promise.all(part.map((result) => result.data()));
      if (mine !== round) return;
      for (const data of loaded) {
        const node = draw(data);
        if (node) { into.append(node); made++; }
      }
    }
    if (into === list) tell();
  };

  /* ------------------------------------------------------------ a result */
  /* A record's words, its statements in order, and which statement holds which of the words found. */
  const hit = (data) => {
    const pieces = data.content.split(/[\r\n\s]+/g);
    const anchors = data.anchors.filter((a) => /^[qmsa]-./.test(a.id)).sort((a, b) => a.location - b.location);
    const hits = new Map();
    for (const place of data.weighted_locations) {
      let at = -1;
      while (at + 1 < anchors.length && anchors[at + 1].location <= place.location) at++;
      if (at >= 0) hits.set(at, [...(hits.get(at) || []), place.location]);
    }
    return { pieces, anchors, hits };
  };

  const draw = (data) => {
    const kind = data.meta.kind || "page";
    const kinds = chosen.kind;
    const { pieces, anchors, hits } = hit(data);
    let about = {};
    try { about = JSON.parse(data.meta.statements || "{}"); } catch { /* shown without */ }
    let chosenOnes = [];
    const wantsMove = chosen.type.size || chosen.status.size;
    anchors.forEach((anchor, at) => {
      const sort = LETTER[anchor.id[0]];
      const [type, state] = about[anchor.id] || [];
      if (kinds.size && !kinds.has(sort)) return;
      const fits = sort === "move" && (!chosen.type.size || chosen.type.has(type)) && (!chosen.status.size || chosen.status.has(state));
      const places = hits.get(at) || [];
      // A move of the chosen type and status stands here whether or not the words are in it.
      if (wantsMove ? !fits && (sort === "move" || !places.length) : !places.length && (words() || !kinds.has(sort))) return;
      chosenOnes.push({ anchor, sort, type, state, places, end: anchors[at + 1]?.location ?? pieces.length, order: at });
    });
    const spread = (one) => new Set(one.places.map((p) => pieces[p]?.toLowerCase())).size;
    chosenOnes.sort((a, b) => wantsMove && (b.sort === "move") - (a.sort === "move") || spread(b) - spread(a) || (a.sort === "actor") - (b.sort === "actor") || a.order - b.order);
    // An actor's line says the least: it stands only where nothing else does.
    if (chosenOnes.some((one) => one.sort !== "actor") && !kinds.has("actor")) chosenOnes = chosenOnes.filter((one) => one.sort !== "actor");
    if (kinds.size && !kinds.has(kind) && !chosenOnes.length) return null;
    if (kinds.size && kinds.has(kind) && kinds.size === 1) chosenOnes = [];

    const mark = [...new Set(data.weighted_locations.map((p) => bare(pieces[p.location] || "")).filter(Boolean))].slice(0, 8).join(" ");
    const address = (id) => {
      const url = new URL(data.url, location.origin);
      if (mark && id) url.searchParams.set("h", mark);
      url.hash = id || "";
      return url.href;
    };
    const side = kind === "briefing" ? `${data.meta.source} · ${day(data.meta.date)}`
      : kind === "actor" ? `${data.meta.actor} · ${number(+data.meta.quotes, "quote", "quotes")} · ${number(+data.meta.briefings, "briefing", "briefings")}`
      : kind === "move" ? `${data.meta.type} · ${number(+data.meta.reports, "report", "reports")} · ${day(data.meta.date)}` : "";
    const item = make("li", { class: `rs-item rs-${kind}` },
      make("a", { href: address(""), class: "rs-link" }, make("span", { class: "rs-kind" }, KINDS[kind] || kind), " ", make("span", { class: "rs-title" }, data.meta.title || data.url),
        ...(kind === "move" ? [" ", make("span", { class: "rs-state" }, data.meta.status)] : []), " ", make("span", { class: "rs-side" }, side)));
    if (chosenOnes.length) {
      const inner = make("ul", { class: "rs-inner" });
      for (const one of chosenOnes.slice(0, STATEMENTS)) {
        inner.append(make("li", {}, make("a", { href: address(one.anchor.id), class: "rs-link rs-statement" },
          make("span", { class: "rs-kind" }, one.sort === "quote" && one.type ? `${one.type[0].toUpperCase()}${one.type.slice(1)} quote` : KINDS[one.sort]), " ",
          ...(one.state ? [make("span", { class: "rs-state" }, one.state), " "] : []),
          make("span", { class: "rs-text" }, ...excerpt(pieces, one)))));
      }
      item.append(inner);
    } else if (kind !== "briefing") {
      const [first] = data.weighted_locations;
      const places = data.weighted_locations.map((p) => p.location);
      item.querySelector("a").append(make("span", { class: "rs-text" }, ...excerpt(pieces, { anchor: { location: 0 }, end: pieces.length, places: first ? places : [] })));
    }
    return item;
  };

  const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

  /* The statement's words, the found ones marked, cut to about forty around the first of them. */
  const excerpt = (pieces, one) => {
    const from = one.anchor.location, marks = new Set(one.places);
    const first = one.places[0] ?? from;
    const start = one.end - from <= 44 ? from : Math.max(from, Math.min(first - 14, one.end - 40));
    const end = Math.min(one.end, start + 44);
    const out = [start > from ? "… " : ""];
    for (let at = start; at < end; at++) {
      out.push(marks.has(at) ? make("mark", {}, pieces[at]) : pieces[at], at + 1 < end ? " " : "");
    }
    if (end < one.end) out.push(" …");
    return out;
  };

  /* ------------------------------------------------------------ facets */
  const drawFacets = () => {
    facets.replaceChildren();
    for (const [name, title] of Object.entries(FACETS)) {
      const values = name === "kind" ? ["quote", "move", "sentence", "actor", "briefing"].map((k) => [k, null, KINDS[k]])
        : Object.entries(counts[name] || {}).map(([value, n]) => [value, n, value]).filter(([value, n]) => n || chosen[name].has(value))
          .sort((a, b) => name === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0]));
      if (!values.length) continue;
      const open = document.getElementById(`rs-f-${name}`)?.open;
      facets.append(facet(name, title, values, open ?? (name === "kind" || name === "topic" || name === "status" || chosen[name].size > 0)));
    }
    facets.append(actors);
  };
  const facet = (name, title, values, open) => make("details", { class: "rs-facet", id: `rs-f-${name}`, open }, make("summary", {}, title),
    make("div", { role: "group", "aria-label": title }, ...values.map((v) => choice(name, ...v))));
  const choice = (name, value, amount, label) => {
    const box = make("input", { type: "checkbox", name, value });
    box.checked = chosen[name].has(value);
    return make("label", {}, box, make("span", { class: "rs-label" }, label), ...(amount == null ? [] : [" ", make("span", { class: "rs-count" }, String(amount))]));
  };

  /* Counts for the facets: only when they are in sight, and after the results. */
  const count = async () => {
    if (!dialog.querySelector(".rs-panel").open) return;
    const mine = round;
    const pagefind = await start();
    const wanted = Object.keys(FACETS).filter((name) => name !== "kind");
    const result = await pagefind.search(words() || null, { filters: filters(wanted) });
    if (mine !== round) return;
    counts = result.filters;
    const focused = document.activeElement?.closest?.(".rs-facets input");
    drawFacets();
    if (focused) [...facets.querySelectorAll("input")].find((box) => box.name === focused.name && box.value === focused.value)?.focus();
    if (actors.open) drawActors();
  };

  /* Actors are many: their filter is loaded when a reader opens it, and only the commonest among the results are listed. */
  const drawActors = async () => {
    const mine = round, place = actors.lastElementChild;
    if (!place.childNodes.length) place.textContent = "Loading …";
    const pagefind = await start();
    const result = await pagefind.search(words() || null, { filters: filters(["actor"]) });
    if (mine !== round) return;
    const all = Object.entries(result.filters.actor || {}).filter(([name, n]) => n || chosen.actor.has(name));
    all.sort((a, b) => chosen.actor.has(b[0]) - chosen.actor.has(a[0]) || b[1] - a[1] || a[0].localeCompare(b[0]));
    const box = make("input", { type: "search", class: "rs-narrow", "aria-label": "Find an actor in the list", placeholder: "Find an actor" });
    const group = make("div", { role: "group", "aria-label": "Actor" });
    const fill = () => {
      const part = box.value.trim().toLowerCase();
      group.replaceChildren(...all.filter(([name]) => name.toLowerCase().includes(part)).slice(0, ACTORS).map(([name, n]) => choice("actor", name, n, name)));
    };
    box.addEventListener("input", fill);
    fill();
    place.replaceChildren(...(all.length > 12 ? [box] : []), group);
  };

  /* ------------------------------------------------------------ keys */
  const walk = (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const go = (to) => { event.preventDefault(); to.focus(); to.scrollIntoView?.({ block: "nearest" }); };
    // A search field would only empty itself.
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); return; }
    if (event.target.closest(".rs-panel")) return;
    if (event.key === "ArrowDown" && links.length) go(links[Math.min(at + 1, links.length - 1)]);
    else if (event.key === "ArrowUp" && at >= 0) go(at ? links[at - 1] : input);
    else if (at >= 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) input.focus();
  };

  const open = () => {
    if (!dialog) build();
    if (document.body.dataset.mdColorScheme) dialog.dataset.mdColorScheme = document.body.dataset.mdColorScheme;
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    start().then(() => { if (!asked()) count(); }).catch(() => { status.textContent = "The search index could not be loaded."; });
  };
  opener.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k")) { event.preventDefault(); open(); }
  });

  /* ------------------------------------------------------------ the words that led here, marked on the page */
  const led = new URL(location.href).searchParams.get("h");
  const place = led && (document.getElementById(decodeURIComponent(location.hash.slice(1))) || document.querySelector("article"));
  if (place) {
    const wanted = led.split(/\s+/).filter((w) => w.length > 1).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = wanted.length && new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join("|")})(?![\\p{L}\\p{N}])`, "giu");
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style, svg, mark.rs-led")) texts.push(walker.currentNode);
    for (const node of pattern ? texts : []) {
      for (const match of [...node.data.matchAll(pattern)].reverse()) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        range.surroundContents(make("mark", { class: "rs-led" }));
      }
    }
  }
})();
