/** The style of every page we write: system fonts, light and dark, and readable on paper. */
export const CSS = `
:root {
  --ink: #1c2024; --soft: #5b6570; --line: #d9dee3; --ground: #ffffff; --raised: #f6f8fa;
  --bad: #b3261e; --bad-ground: #fdeeec; --open: #8a5a00; --open-ground: #fff4dd;
  --good: #1a6b35; --good-ground: #e8f5ec; --accent: #23527c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e7ea; --soft: #9aa5b1; --line: #353b42; --ground: #15181b; --raised: #1e2327;
    --bad: #ff9a90; --bad-ground: #3a1d1b; --open: #f0c36d; --open-ground: #352a12;
    --good: #86d19c; --good-ground: #16301f; --accent: #8ec1ee;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-top: 2rem; }
footer { color: var(--soft); font-size: .85rem; padding-top: 1.5rem; padding-bottom: 2.5rem; }
h1 { font-size: 1.22rem; line-height: 1.45; font-weight: 600; margin: .4rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1.02rem; margin: 1.5rem 0 .4rem; overflow-wrap: anywhere; }
.card h3 { margin-top: 0; }
section + section { margin-top: 2.5rem; }
h4 { font-size: .95rem; margin: 1rem 0 .3rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
ul, ol { margin: .4rem 0; padding-left: 1.3rem; }
li { margin: .2rem 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
code, pre, .mono { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .87em; }
code { overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: .5rem 0;
  white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem .4rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .85rem; }
td.where { white-space: nowrap; width: 1%; padding-right: 1.2rem; color: var(--soft); }
td.where.long { white-space: normal; width: 16rem; }
td.note { color: var(--soft); }
.wide { overflow-x: auto; }
.meta, .soft { color: var(--soft); font-size: .9rem; }
.card { border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 6px; padding: .9rem 1.1rem; margin: 1rem 0; }
.card.found, .card.broken { border-left-color: var(--bad); }
.card.depends { border-left-color: var(--open); }
.badge { display: inline-block; border-radius: 4px; padding: .05rem .5rem; font-size: .8rem; font-weight: 600; letter-spacing: .02em; white-space: nowrap;
  background: var(--raised); color: var(--soft); }
.badge.bad { background: var(--bad-ground); color: var(--bad); }
.badge.open { background: var(--open-ground); color: var(--open); }
.badge.good { background: var(--good-ground); color: var(--good); }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--accent); font-size: .93rem; }
.page { border-left: 2px solid var(--line); padding-left: 1rem; margin: .6rem 0; }
.page h4:first-child { margin-top: .2rem; }
.chapter:not(:first-child) { border-top: 1px solid var(--line); margin-top: 2.2rem; }
s { color: var(--soft); }
@media print {
  body { font-size: 10.5pt; }
  main, footer { max-width: none; padding: 0; }
  .card, tr, pre { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details:not([open]) { display: none; }
}
`;
