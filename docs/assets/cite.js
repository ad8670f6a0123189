/* “Cite”: a dialogue with a statement's citation in four formats, to copy. Without this file the links of the page's
   last section lead to the files. Each quote and each move gets its own “Cite” here, so that pages stay light. */
(() => {
  "use strict";
  const main = document.querySelector(".cite-block a[data-cite]");
  if (!main || !window.HTMLDialogElement) return;
  const files = main.href.replace(/\.ris$/, "");
  const FORMATS = { txt: "Plain text", bib: "BibTeX", json: "CSL-JSON", ris: "RIS" };
  let dialog, area, status, anchor = "", format = "txt";

  /* How each file names its entries: the briefing's key, with the statement's anchor behind it. */
  const key = () => decodeURIComponent(files.split("/").pop()) + (anchor ? `-${anchor}` : "");
  const parts = {
    txt: (text) => text.split("\n").find((line) => anchor ? line.endsWith(`#${anchor}`) : !/#[qm]-\d+$/.test(line)),
    bib: (text) => text.split(/\n(?=@)/).find((entry) => entry.startsWith(`@misc{${key().replace(/[^A-Za-z0-9:.-]/g, "-")},`)),
    json: (text) => JSON.stringify(JSON.parse(text).find((item) => item.id === key()), null, 2),
    ris: (text) => text.split(/(?<=^ER  - )\n*/m).find((entry) => entry.includes(`\nID  - ${key()}\n`)),
  };
  const fill = async () => {
    const mine = anchor + format;
    area.value = "Loading …";
    status.textContent = "";
    try {
      const answer = await fetch(`${files}.${format}`);
      if (!answer.ok) throw new Error(answer.status);
      const found = parts[format](await answer.text());
      if (mine === anchor + format) area.value = (found || "").trim();
    } catch {
      area.value = "The citation could not be loaded.";
    }
  };

  const node = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const build = () => {
    const choices = Object.entries(FORMATS).map(([name, title]) => {
      const radio = node("input", { type: "radio", name: "cite-format", value: name });
      radio.checked = name === format;
      return node("label", {}, radio, ` ${title}`);
    });
    area = node("textarea", { readonly: "", rows: "9", "aria-label": "Citation", spellcheck: "false" });
    const copy = node("button", { type: "button", class: "cite-copy" }, "Copy");
    const close = node("button", { type: "button" }, "Close");
    status = node("p", { role: "status" });
    dialog = node("dialog", { class: "cite-dialog", "aria-label": "Cite" },
      node("fieldset", {}, node("legend", {}, "Format"), ...choices), area, node("p", { class: "cite-buttons" }, copy, " ", close), status);
    dialog.addEventListener("change", (event) => { format = event.target.value; fill(); });
    copy.addEventListener("click", async () => {
      area.select();
      try { await navigator.clipboard.writeText(area.value); } catch { document.execCommand("copy"); }
      status.textContent = "Copied.";
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
  };
  const open = (of) => {
    anchor = of;
    if (!dialog) build();
    dialog.showModal();
    fill();
  };

  document.querySelectorAll(":is(.ro-q, .ro-move)[id^='q-'], :is(.ro-q, .ro-move)[id^='m-']").forEach((statement) => {
    const permalink = statement.querySelector(`a[href='#${statement.id}']`);
    if (!permalink) return;
    const button = node("button", { type: "button", class: "cite-here" }, "Cite");
    button.append(node("span", { class: "cite-what" }, statement.id[0] === "q" ? " this quote" : " this move"));
    button.addEventListener("click", () => open(statement.id));
    permalink.after(" ", button);
  });
  main.addEventListener("click", (event) => { event.preventDefault(); open(main.dataset.cite); });
})();
