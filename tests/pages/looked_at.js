// What a page looks like to a browser, as a list of faults; tests/pages/test_look_in_a_browser.py runs it on every page.
(function () {
  "use strict";
  function seen(each) {
    var style = getComputedStyle(each), box = each.getBoundingClientRect();
    return style.visibility !== "hidden" && box.width > 1 && box.height > 1 && each.getClientRects().length > 0;
  }
  function named(each) {
    return each.tagName.toLowerCase() + (each.className && each.className.baseVal === undefined ? "." + each.className : "") +
      " “" + (each.innerText || each.value || "").slice(0, 40) + "”";
  }
  function inText(each) {
    return getComputedStyle(each).display === "inline";
  }
  // WCAG 2.5.8: links inside a sentence are as large as the line; all others 24 pixels, what acts 44.
  function targets() {
    return Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary")).filter(seen)
      .filter(function (each) { return each.type !== "hidden" && !(each.tagName === "A" && inText(each)); })
      .filter(function (each) {
        var box = each.getBoundingClientRect(), acts = each.matches("button, .button"), least = acts ? 44 : 24;
        return box.height < least - 0.6 || box.width < 23.4;
      }).map(function (each) { return "small " + named(each); });
  }
  function wide() {
    var over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return over > 0 ? ["scrolls sideways by " + over] : [];
  }
  // WCAG 1.4.12: with more space between lines, words and letters nothing is cut off.
  function clipped() {
    var sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets = [sheet];
    var found = Array.from(document.querySelectorAll("main *, header *")).filter(seen).filter(function (each) {
      var style = getComputedStyle(each);
      if (!/hidden|clip/.test(style.overflowY + style.overflowX) || each.ownerSVGElement || each.clientHeight < 4) { return false; }
      return each.scrollHeight > each.clientHeight + 2 || each.scrollWidth > each.clientWidth + 2;
    }).map(function (each) { return "clipped " + named(each); });
    document.adoptedStyleSheets = [];
    return found;
  }
  function channel(part) { part /= 255; return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4); }
  function brightness(colour) { return 0.2126 * channel(colour[0]) + 0.7152 * channel(colour[1]) + 0.0722 * channel(colour[2]); }
  function parsed(text) { var found = text.match(/[\d.]+/g).map(Number); return found.length === 3 ? found.concat(1) : found; }
  function ground(each) {
    for (; each; each = each.parentElement) {
      var colour = parsed(getComputedStyle(each).backgroundColor);
      if (colour[3] > 0.99) { return colour; }
    }
    return parsed(getComputedStyle(document.body).backgroundColor);
  }
  function contrast() {
    return Array.from(document.querySelectorAll("body *")).filter(seen).filter(function (each) {
      return !each.ownerSVGElement && each.tagName !== "OPTION" &&
        Array.from(each.childNodes).some(function (node) { return node.nodeType === 3 && node.data.trim(); });
    }).filter(function (each) {
      var style = getComputedStyle(each), size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      var both = [brightness(parsed(style.color)), brightness(ground(each))].sort(function (a, b) { return b - a; });
      return (both[0] + 0.05) / (both[1] + 0.05) < (large ? 3 : 4.5) - 0.01;
    }).map(function (each) { return "faint " + named(each); });
  }
  // What has the focus shows it by at least two pixels, and nothing lies over it (WCAG 2.4.7, 2.4.11).
  function focus() {
    return Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary")).filter(seen)
      .filter(function (each) { return each.type !== "hidden"; }).slice(0, 60).map(function (each) {
        each.focus();
        if (document.activeElement !== each) { return ""; }
        var style = getComputedStyle(each), box = each.getBoundingClientRect();
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) { return "no focus seen on " + named(each); }
        var top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
        return !top || each.contains(top) || top.contains(each) || top.tagName === "LABEL" ? "" : "covered " + named(each) + " by " + named(top);
      }).filter(Boolean);
  }
  function moving() {
    return Array.from(document.querySelectorAll("body *")).filter(function (each) {
      var style = getComputedStyle(each);
      return style.transitionDuration.split(",").some(parseFloat) || style.animationName !== "none";
    }).map(function (each) { return "moves " + named(each); });
  }
  window.lookedAt = { targets: targets, wide: wide, clipped: clipped, contrast: contrast, focus: focus, moving: moving };
})();
