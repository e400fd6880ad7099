/// How a report looks on screen and on paper.
enum ReportStyle {
    static let sheet = """
        :root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5a5a5a; --paper: #fff; --line: #d8d8d8; \
        --good: #00704f; --watch: #8a5a00; --bad: #b3261e; --card: #f6f6f4; }
        @media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #a8a8a8; --paper: #161616; \
        --line: #3a3a3a; --good: #4cc79a; --watch: #f0b35a; --bad: #ff8a80; --card: #202020; }
        svg.plot { background: #fff; border-radius: 4px; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 75rem; background: var(--paper); \
        color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); }
        h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; overflow-wrap: anywhere; }
        p.lead { color: var(--soft); margin: 0 0 1rem; }
        ul.findings { list-style: none; margin: 0; padding: 0; }
        ul.findings li { margin: .35rem 0; padding: .4rem .7rem; background: var(--card); border-left: 4px solid; }
        ul.findings li.good { border-color: var(--good); } ul.findings li.watch { border-color: var(--watch); } \
        ul.findings li.bad { border-color: var(--bad); }
        .word { font-weight: 600; } .good .word { color: var(--good); } .watch .word { color: var(--watch); } \
        .bad .word { color: var(--bad); }
        .plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
        .sheets { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); }
        figure { margin: 0; } figcaption { color: var(--soft); font-size: .85rem; }
        img { display: block; width: 100%; height: auto; border: 1px solid var(--line); background: #fff; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .8rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line); \
        vertical-align: top; } td.number { text-align: right; }
        pre { background: var(--card); padding: 1rem; overflow-x: auto; font-size: .8rem; }
        svg.plot { width: 100%; height: auto; font: 10px system-ui, sans-serif; }
        svg.plot text { fill: #333; } svg.plot .title { font-size: 12px; font-weight: 600; }
        svg.plot .up { text-anchor: end; } svg.plot .across { text-anchor: middle; }
        svg.plot .name { text-anchor: end; fill: #666; }
        svg.plot .rule { stroke: #ddd; } svg.plot polyline { fill: none; stroke-width: 1.6; }
        svg.plot line.key { stroke-width: 2; }
        @media print { :root { --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --card: #fff; \
        --good: #00704f; --watch: #8a5a00; --bad: #b3261e; }
        @page { margin: 14mm; } body { max-width: none; padding: 0; font-size: 10pt; }
        h2 { break-after: avoid; } figure, li, tr, section > table, svg.plot { break-inside: avoid; } \
        .plots { grid-template-columns: 1fr 1fr; } .sheets { grid-template-columns: 1fr 1fr 1fr; } pre { white-space: pre-wrap; padding: 0; \
        overflow-wrap: anywhere; columns: 3; column-gap: 1.5em; font-size: 6.5pt; } }
        """
}
