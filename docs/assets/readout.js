/* Readout: filters of the trackers, and opening what a link points into. Everything else works without this file. */
(function () {
  "use strict";
  var doc = document;

  /* A link to a statement inside something folded opens it. */
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && doc.getElementById(id);
    if (!target) return;
    for (var at = target.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target.closest("details")) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  /* The menu of a phone, which the theme opens by a label and a checkbox, becomes a button: it works with the keyboard. */
  var drawer = doc.getElementById("__drawer"), label = doc.querySelector("label.ro-menu");
  if (drawer && label) {
    var menu = doc.createElement("button"), side = doc.querySelector(".md-sidebar--primary");
    menu.type = "button";
    menu.className = label.className;
    menu.append.apply(menu, Array.from(label.childNodes));
    label.replaceWith(menu);
    var tell = function () { menu.setAttribute("aria-expanded", String(drawer.checked)); };
    var toggle = function () {
      drawer.click();
      tell();
      var first = side && side.querySelector("a");
      /* The drawer can be entered once it is no longer hidden. */
      if (!drawer.checked) menu.focus();
      else if (first) setTimeout(function () { first.focus(); }, 60);
    };
    tell();
    drawer.addEventListener("change", tell);
    menu.addEventListener("click", toggle);
    doc.addEventListener("keydown", function (e) { if (e.key === "Escape" && drawer.checked) toggle(); });
  }

  /* A table wider than the screen scrolls sideways: by keyboard only if it can be reached. The theme wraps tables late. */
  function reachable() {
    doc.querySelectorAll(".md-typeset table:not(.ro-table)").forEach(function (t) {
      if (t.scrollWidth > t.clientWidth) t.tabIndex = 0; else t.removeAttribute("tabindex");
    });
  }
  reachable();
  addEventListener("load", reachable);
  addEventListener("resize", reachable);

  /* ---------------------------------------------------------------- elements */
  function el(tag, css, words) {
    var node = doc.createElement(tag);
    if (css) node.className = css;
    if (words !== undefined && words !== null) node.textContent = words;
    return node;
  }
  function link(href, words, css) {
    var a = el("a", css, words);
    a.href = href;
    return a;
  }
  function put(parent) {
    for (var i = 1; i < arguments.length; i++) parent.append(arguments[i]);
    return parent;
  }
  function fold(words) {
    return words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  var MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  function time(iso) {
    if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return el("span", "ro-unknown", iso || "date unknown");
    var t = el("time", "", +iso.slice(8) + " " + MONTHS[+iso.slice(5, 7) - 1] + " " + iso.slice(0, 4));
    t.dateTime = iso;
    return t;
  }
  function plural(n, one) {
    return n + " " + one + (n === 1 ? "" : "s");
  }

  /* ---------------------------------------------------------------- kinds of list: reading, matching, showing */
  var KINDS = {
    moves: {
      read: function (data) {
        var parties = data.parties, names = {};
        parties.forEach(function (p) { names[p[0]] = fold(p[1] + " " + p[2]); });
        var list = doc.getElementById("ro-parties");
        if (list && !list.children.length) parties.map(function (p) { return p[1]; }).sort().slice(0, 2000).forEach(function (n) {
          var o = el("option"); o.value = n; list.append(o);
        });
        function known(values) {
          return values.map(function (v) { return typeof v === "number" ? { id: parties[v][0], name: parties[v][1], text: names[parties[v][0]] } : { id: "", name: v, text: fold(v) }; });
        }
        return data.rows.map(function (r) {
          var actors = known(r[4]), targets = known(r[5]);
          return {
            id: r[0], label: r[1], type: r[2], status: r[3], actors: actors, targets: targets, date: r[6], n: r[7],
            typeWords: data.types[r[2]] || r[2], statusWords: data.statuses[r[3]] || r[3], family: data.families[r[2]] || "",
            stage: Object.keys(data.statuses).indexOf(r[3]),
            text: fold([r[1], data.types[r[2]], actors.concat(targets).map(function (p) { return p.name; }).join(" ")].join(" "))
          };
        });
      },
      match: function (x, f) {
        return (!f.type || x.type === f.type) && (!f.family || x.family === f.family) && (!f.status || x.status === f.status) &&
          party(x.actors, f.actor) && party(x.targets, f.target);
      },
      sort: {
        status: function (a, b) { return a.stage - b.stage || newest(a, b); },
        type: function (a, b) { return a.typeWords.localeCompare(b.typeWords, "en") || newest(a, b); },
        name: function (a, b) { return a.label.localeCompare(b.label, "en"); }
      },
      noun: "move",
      show: function (x, root) {
        var tr = el("tr"), move = el("td", "ro-c-move"), who = el("td", "ro-c-who");
        put(move, link(root + "moves/" + x.id + "/", x.label, "ro-label"), el("span", "ro-meta", x.typeWords + " · " + plural(x.n, "briefing")));
        sides(who, x.actors, root, "nobody named");
        if (x.targets.length) {
          var arrow = el("span", "ro-arrow", " → ");
          arrow.setAttribute("aria-hidden", "true");
          put(who, arrow, el("span", "ro-sr", " towards "));
          sides(who, x.targets, root, "");
        }
        return put(tr, put(el("td", "ro-c-date"), time(x.date)), move, put(el("td", "ro-c-status"), el("span", "ro-chip ro-s-" + x.status, x.statusWords)), who);
      }
    },
    quotes: {
      read: function (data) {
        var speakers = {};
        var rows = data.map(function (r) {
          if (r[4]) speakers[r[3]] = 1;
          return { where: r[0], kind: r[1], words: r[2], speaker: r[3], id: r[4], cue: r[5], outlet: r[6], date: r[7], dateWords: r[8], unsaid: r[9], text: fold(r[2]), speakerText: fold(r[3]) };
        });
        var list = doc.getElementById("ro-speakers");
        if (list) Object.keys(speakers).sort().slice(0, 2000).forEach(function (n) { var o = el("option"); o.value = n; list.append(o); });
        return rows;
      },
      match: function (x, f) {
        return (!f.kind || x.kind === f.kind) && (!f.outlet || x.outlet === f.outlet) && (!f.speaker || x.id === f.speaker || x.speakerText.indexOf(fold(f.speaker)) >= 0);
      },
      sort: { speaker: function (a, b) { return a.speaker.localeCompare(b.speaker, "en") || newest(a, b); } },
      noun: "quote",
      show: function (x, root) {
        var li = el("li", "ro-q ro-q-" + x.kind), cap = el("div", "ro-cap");
        put(cap, x.id ? put(el("span", "ro-speaker-name"), link(root + "actors/" + x.id + "/", x.speaker)) : el("span", "ro-unknown", x.speaker), " ",
          el("span", "ro-kind ro-k-" + x.kind, x.kind), " ", el("span", x.unsaid ? "ro-cue ro-unsaid" : "ro-cue", x.cue), " ");
        var source = link(root + "briefings/" + x.where, "", "ro-source");
        put(source, el("span", x.outlet ? "ro-outlet" : "ro-unknown", x.outlet || "outlet unknown"), ", ", x.dateWords);
        return put(li, el("blockquote", "", x.words), put(cap, source));
      }
    },
    actors: {
      read: function (data) {
        return data.map(function (r, n) { return { id: r[0], name: r[1], kind: r[2], n: r[4], quotes: r[5], moves: r[6], rank: n, date: "", text: fold(r[1] + " " + r[3]) }; });
      },
      match: function (x, f) { return !f.kind || x.kind === f.kind; },
      sort: {
        "": function (a, b) { return a.rank - b.rank; },
        name: function (a, b) { return a.name.localeCompare(b.name, "en"); },
        quotes: function (a, b) { return b.quotes - a.quotes || a.rank - b.rank; }
      },
      noun: "actor",
      show: function (x, root) {
        var meta = el("span", "ro-meta", [x.kind.charAt(0).toUpperCase() + x.kind.slice(1), plural(x.n, "briefing"), x.quotes && plural(x.quotes, "quote"), x.moves && plural(x.moves, "move")].filter(Boolean).join(" · "));
        return put(el("li", "ro-arow"), link(root + "actors/" + x.id + "/", x.name, "ro-label"), meta);
      }
    }
  };
  function party(found, wanted) {
    if (!wanted) return true;
    var words = fold(wanted);
    return found.some(function (p) { return p.id === wanted || p.text.indexOf(words) >= 0; });
  }
  function newest(a, b) { return a.date < b.date ? 1 : a.date > b.date ? -1 : 0; }
  function sides(cell, found, root, none) {
    if (!found.length && none) cell.append(el("span", "ro-unknown", none));
    found.forEach(function (p, n) {
      if (n) cell.append(n === found.length - 1 ? " and " : ", ");
      cell.append(p.id ? link(root + "actors/" + p.id + "/", p.name) : p.name);
    });
  }

  /* ---------------------------------------------------------------- a filter: its data load when it is first used */
  var STEP = 60;
  function start(form) {
    var kind = KINDS[form.dataset.readout], box = doc.getElementById("results");
    if (!kind || !box) return;
    var body = box.tagName === "TABLE" ? box.tBodies[0] : box, before = Array.from(body.children);
    var status = form.querySelector(".ro-result"), rows = null, loading = null, ticket = 0, more = null;
    var statics = doc.querySelectorAll(".ro-static");
    form.hidden = false;
    form.addEventListener("submit", function (e) { e.preventDefault(); update(); });

    function load() {
      loading = loading || Promise.all(form.dataset.src.split(" ").filter(Boolean).map(function (src) {
        return fetch(src).then(function (r) { if (!r.ok) throw Error(r.status); return r.json(); });
      })).then(function (parts) {
        rows = [];
        parts.forEach(function (p) { rows = rows.concat(kind.read(p)); });
      });
      return loading;
    }
    function fields() {
      var f = {};
      new FormData(form).forEach(function (v, k) { if (v.trim()) f[k] = v.trim(); });
      return f;
    }
    function remember(f) {
      var query = new URLSearchParams(f).toString();
      history.replaceState(history.state, "", location.pathname + (query ? "?" + query : "") + location.hash);
    }
    function clear() {
      body.replaceChildren.apply(body, before);
      statics.forEach(function (s) { s.hidden = false; });
      if (more) more.remove();
      status.textContent = "";
    }
    function update() {
      var f = fields(), mine = ++ticket;
      remember(f);
      if (!Object.keys(f).length) return clear();
      status.textContent = rows ? "" : "Loading the whole list …";
      load().then(function () {
        if (mine !== ticket) return;
        var words = fold(f.text || "").split(/\s+/).filter(Boolean);
        var found = rows.filter(function (x) {
          return kind.match(x, f) && (!f.from || (x.date && x.date >= f.from)) && (!f.to || (x.date && x.date <= f.to)) &&
            words.every(function (w) { return x.text.indexOf(w) >= 0; });
        });
        var by = kind.sort[f.sort || ""] || (f.sort === "oldest" ? function (a, b) { return newest(b, a); } : newest);
        found = found.map(function (x, n) { return [x, n]; }).sort(function (a, b) { return by(a[0], b[0]) || a[1] - b[1]; }).map(function (p) { return p[0]; });
        statics.forEach(function (s) { s.hidden = true; });
        body.replaceChildren();
        if (more) more.remove();
        grow(found, 0);
        status.textContent = found.length ? plural(found.length, kind.noun) : "No " + kind.noun + " fits. Clear a field.";
      }, function () {
        status.textContent = "The list could not be loaded. The pages by month below hold all of it.";
        loading = null;
      });
    }
    function grow(found, from) {
      found.slice(from, from + STEP).forEach(function (x) { body.append(kind.show(x, "../")); });
      if (from + STEP >= found.length) return;
      more = el("button", "ro-more-button", "Show more (" + (found.length - from - STEP) + " left)");
      more.type = "button";
      more.addEventListener("click", function () {
        var last = body.lastElementChild;
        more.remove();
        grow(found, from + STEP);
        var next = last && last.nextElementSibling && last.nextElementSibling.querySelector("a");
        if (next) next.focus();
      });
      box.after(more);
    }
    var wait;
    form.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(update, 120); });
    form.addEventListener("focusin", function () { load().catch(function () { loading = null; }); }, { once: true });
    form.addEventListener("reset", function () { setTimeout(update, 0); });
    var given = new URLSearchParams(location.search), any = false;
    given.forEach(function (v, k) {
      var field = form.elements[k];
      if (field && "value" in field) { field.value = v; any = true; }
    });
    /* On a phone the fields would fill the screen before the first row. */
    var panel = form.querySelector("details");
    if (panel && !any && matchMedia("(max-width: 45em)").matches) panel.open = false;
    if (any) update();
  }
  doc.querySelectorAll(".ro-filter").forEach(start);
})();
