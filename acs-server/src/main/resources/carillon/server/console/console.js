// Keeps pages alive. Everything here is a comfort: pages work without it.
(function () {
  "use strict";
  var lang = document.documentElement.lang || "en";
  var relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  var absolute = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "medium" });

  // ---- times: relative to now, in the reader's own time zone
  function said(seconds) {
    var size = Math.abs(seconds);
    if (size < 60) { return relative.format(Math.round(seconds), "second"); }
    if (size < 3600) { return relative.format(Math.round(seconds / 60), "minute"); }
    if (size < 86400) { return relative.format(Math.round(seconds / 3600), "hour"); }
    return relative.format(Math.round(seconds / 86400), "day");
  }
  function tell(root) {
    root.querySelectorAll("time[datetime]").forEach(function (time) {
      var at = new Date(time.getAttribute("datetime"));
      if (!isNaN(at)) {
        time.textContent = said((at - Date.now()) / 1000);
        time.title = absolute.format(at);
      }
    });
  }
  tell(document);
  setInterval(function () { tell(document); }, 10000);
  document.addEventListener("htmx:afterSwap", function () { tell(document); });

  // ---- parts that are fetched again: what has not changed stays as it is, with its focus
  function plain(part) {
    var copy = part.cloneNode(true);
    copy.querySelectorAll("time").forEach(function (time) { time.textContent = ""; time.removeAttribute("title"); });
    copy.removeAttribute("class");
    return copy.outerHTML;
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var part = event.detail.target;
    if (!part || !part.dataset.live || !event.detail.shouldSwap) { return; }
    var page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    var fresh = page.getElementById(part.id);
    if (!fresh) {
      event.detail.shouldSwap = false;
      location.reload(); // the session has ended, or the phone is gone: the whole page says so
    } else if (plain(fresh) === plain(part)) {
      event.detail.shouldSwap = false;
    }
  });

  // ---- what was just done is said once
  if (/[?&]done=/.test(location.search)) {
    var rest = location.search.replace(/([?&])done=[^&]*&?/, "$1").replace(/[?&]$/, "");
    history.replaceState(null, "", location.pathname + rest);
  }

  // ---- rows of forms
  document.querySelectorAll("[data-rows]").forEach(function (rows) {
    var add = rows.querySelector("[data-add]");
    if (!add) { return; }
    add.hidden = false;
    add.addEventListener("click", function () {
      var all = rows.querySelectorAll("[data-row]");
      var fresh = all[all.length - 1].cloneNode(true);
      fresh.querySelectorAll("input").forEach(function (input) { input.value = ""; });
      fresh.querySelectorAll("select").forEach(function (select) { select.selectedIndex = 0; });
      rows.insertBefore(fresh, add);
      fresh.querySelector("input").focus();
    });
  });

  // ---- where one is stays in sight where a row of links is wider than the screen
  document.querySelectorAll(".sections a[aria-current], .tabs a[aria-current]").forEach(function (here) {
    var row = here.parentNode;
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  });

  // ---- menus close when one goes elsewhere
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    } else if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      var search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

  // ---- live events: parts that show what changed are fetched again, at most so often
  var url = document.body.dataset.liveUrl;
  var sign = document.getElementById("live");
  var source = null;
  var due = {};
  function show(on) {
    sign.hidden = false;
    sign.classList.toggle("off", !on);
    var text = on ? sign.dataset.on : sign.dataset.off;
    if (sign.lastElementChild.textContent !== text) { sign.lastElementChild.textContent = text; }
  }
  function refresh(id, every) {
    var plan = due[id] || (due[id] = { last: 0, timer: 0, held: 0 });
    if (plan.timer) { return; }
    var wait = Math.max(plan.held ? 500 : 50, plan.last + every - Date.now());
    plan.timer = setTimeout(function () {
      plan.timer = 0;
      var part = document.getElementById(id);
      // a button must not move away under the pointer that is about to press it
      if (part && part.querySelector("button:hover, button:active") && ++plan.held < 20) {
        refresh(id, every);
        return;
      }
      plan.held = 0;
      plan.last = Date.now();
      if (part && window.htmx) { window.htmx.trigger(part, "live"); }
    }, wait);
  }
  function happened(kind, device) {
    document.querySelectorAll("[data-live]").forEach(function (part) {
      var mine = !part.dataset.device || !device || part.dataset.device === device;
      if (mine && (!kind || part.dataset.live.split(" ").indexOf(kind) >= 0)) {
        refresh(part.id, Number(part.dataset.liveEvery) || 500);
      }
    });
  }
  function watch() {
    if (!url || source || !window.EventSource) { return; }
    source = new EventSource(url);
    source.onopen = function () {
      show(true);
      happened("", ""); // what happened between the page and its first event would be missed otherwise
    };
    source.onerror = function () {
      show(false);
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(watch, 10000);
      }
    };
    ["inform", "change", "call", "rpc", "fault", "late", "device", "session"].forEach(function (kind) {
      source.addEventListener(kind, function (event) { happened(kind, JSON.parse(event.data).device); });
    });
    source.addEventListener("reload", function () { happened("", ""); });
  }
  // a page that nobody looks at needs no connection; browsers have few
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      if (source) { source.close(); source = null; }
    } else {
      watch();
    }
  });
  if (!document.hidden) { watch(); }
})();
