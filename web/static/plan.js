// The page works without this: it only counts while one types, and adds a row without loading the page anew.
"use strict";
const rows = document.getElementById("rader");
const sums = document.getElementById("summa");
const add = document.getElementById("rad");
const written = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 0 });

function amount(text) {
  const bare = text.replace(/[\s\u00a0\u202f\u2009]/g, "").replace(/(kr\.?|kronor|:-)$/i, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(bare) ? Number(bare) : 0;
}

function show(name, kronor) {
  sums.querySelector(`[data-sum="${name}"]`).textContent = `${written.format(kronor)}\u00a0kronor`;
}

function count() {
  const left = sums.dataset.months.split(" ").filter(Boolean);
  let promised = 0, whole = 0;
  for (const row of rows.children) {
    const effect = amount(row.querySelector("[name^=effekt-]").value);
    const from = row.querySelector("[name^=fran-]").value;
    promised += from ? effect * left.filter((month) => month >= from).length : 0;
    whole += effect * 12;
  }
  show("promised", promised);
  show("left", Math.max(0, Number(sums.dataset.deficit) - promised));
  show("whole", whole);
}

function addRow(event) {
  const number = rows.children.length + 1;
  if (number > Number(add.dataset.most)) return;
  event.preventDefault();
  const row = rows.lastElementChild.cloneNode(true);
  row.querySelectorAll(".fault").forEach((fault) => fault.remove());
  row.querySelectorAll(".faulty").forEach((field) => field.classList.remove("faulty"));
  row.querySelectorAll("[id], [for], [name], [aria-describedby]").forEach((each) => {
    each.removeAttribute("aria-invalid");
    for (const name of ["id", "for", "name"]) {
      const value = each.getAttribute(name);
      if (value) each.setAttribute(name, value.replace(/-\d+/, `-${number}`));
    }
    const hint = (each.getAttribute("aria-describedby") || "").split(" ").filter((id) => id.endsWith("-tips"));
    if (hint.length) each.setAttribute("aria-describedby", hint[0].replace(/-\d+/, `-${number}`));
    else each.removeAttribute("aria-describedby");
    if ("value" in each && each.tagName !== "BUTTON") each.value = "";
  });
  row.querySelector("legend").textContent = `Åtgärd ${number}`;
  const remove = row.querySelector("[value^=ta-bort-]");
  remove.value = `ta-bort-${number}`;
  remove.setAttribute("aria-label", `Ta bort åtgärd ${number}`);
  rows.append(row);
  row.querySelector("textarea").focus();
  if (number === Number(add.dataset.most)) add.hidden = true;
}

if (rows && sums) {
  rows.addEventListener("input", count);
  if (add) add.addEventListener("click", addRow);
  count();
}
