import Checks
import Foundation

/// Runs as one page that needs nothing but itself.
public struct ReportPage {
    private let runs: [RunRecord]
    /// Sheets of a run that are shown, from the first to the last.
    private let sheets: Int

    /// A page of runs, side by side where there are several.
    ///
    /// - Parameters:
    ///   - runs: One at least.
    ///   - sheets: How many sheets of drawings each run shows at most.
    public init(_ runs: [RunRecord], sheets: Int = 6) {
        precondition(!runs.isEmpty, "a report of no run")
        (self.runs, self.sheets) = (runs, sheets)
    }

    /// The page.
    ///
    /// - Throws: What is wrong with the runs' pictures.
    public func html() throws -> String {
        let title = runs.count == 1 ? runs[0].folder.name : "\(runs.count) runs"
        var parts = [
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>\(Markup.text(title))</title>
            <style>
            \(ReportStyle.sheet)
            </style>
            </head>
            <body>
            <h1>\(Markup.text(title))</h1>
            <p class="lead">\(Markup.text(lead))</p>
            """
        ]
        parts += [health, figures, try drawings(), curves, findings, try kept(), cost, recipe]
        parts.append("</body>\n</html>\n")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var lead: String {
        let date = Date().formatted(.iso8601.year().month().day())
        return "Report of \(date). Every figure comes from the runs' own files."
    }

    /// A part under a heading; nothing where it is empty.
    private func section(_ title: String, _ body: String) -> String {
        body.isEmpty ? "" : "<section>\n<h2>\(title)</h2>\n\(body)\n</section>"
    }

    /// Something of each run, with the run's name where there are several.
    private func each(_ body: (RunRecord) throws -> String) rethrows -> String {
        try runs.map { run in
            let found = try body(run)
            guard !found.isEmpty, runs.count > 1 else { return found }
            return "<h3>\(Markup.text(run.folder.name))</h3>\n\(found)"
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var health: String {
        let words: [RunHealth.Level: String] = [.good: "good", .watch: "watch", .bad: "bad"]
        return section(
            "Health",
            each { run in
                let items = RunHealth(of: run).findings.map { finding in
                    let word = words[finding.level] ?? ""
                    return "<li class=\"\(word)\"><span class=\"word\">\(word)</span> "
                        + "\(Markup.text(finding.text))</li>"
                }
                return items.isEmpty
                    ? "" : "<ul class=\"findings\">\n\(items.joined(separator: "\n"))\n</ul>"
            }
        )
    }

    /// The latest figures of all runs, a column each.
    private var figures: String {
        let names = Set(runs.flatMap { $0.metrics.map(\.metric) }).sorted()
        guard !names.isEmpty else { return "" }
        let head = ["<th>figure</th>"] + runs.map { "<th>\(Markup.text($0.folder.name))</th>" }
        let rows = names.map { name in
            let cells = runs.map { run -> String in
                guard let line = run.metrics.first(where: { $0.metric == name }),
                    let value = line.results[name]
                else { return "<td>–</td>" }
                let half = line.interval.map { " ± \(Markup.figure($0))" } ?? ""
                let counts = [line.drawings, line.real].compactMap { $0 }.filter { $0 > 0 }
                let against = line.against.map { " \(Markup.text($0))" } ?? ""
                let note =
                    counts.isEmpty
                    ? "" : " (\(counts.map(String.init).joined(separator: " | "))\(against))"
                return "<td>\(Markup.figure(value))\(half)\(note)</td>"
            }
            return "<tr><th scope=\"row\">\(Markup.text(name))</th>\(cells.joined())</tr>"
        }
        return section(
            "Figures",
            "<div class=\"wide\"><table>\n<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n"
                + rows.joined(separator: "\n")
                + "\n</tbody></table></div>\n<p class=\"lead\">In brackets: drawings | real pictures. "
                + "Intervals hold in 95 of 100 samples.</p>"
        )
    }

    private func drawings() throws -> String {
        let body = try each { run in
            let count = run.sheets.count
            let most = max(sheets / runs.count, 2)
            // The first, the last, and even steps between.
            let chosen =
                count <= most
                ? Array(0..<count) : (0..<most).map { $0 * (count - 1) / (most - 1) }
            let figures = try chosen.map { number in
                let sheet = run.sheets[number]
                let caption =
                    sheet.kiloimages == 0
                    ? "before training"
                    : "after \(Markup.figure(sheet.kiloimages)) thousand pictures"
                return try figure(sheet.file, caption: caption)
            }
            return figures.isEmpty
                ? "" : "<div class=\"sheets\">\n\(figures.joined(separator: "\n"))\n</div>"
        }
        return section("Drawings over time", body)
    }

    private func figure(_ file: URL, caption: String) throws -> String {
        let address = try EmbeddedPicture.address(file, side: 720)
        let text = Markup.text(caption)
        return
            "<figure><img alt=\"\(text)\" src=\"\(address)\"><figcaption>\(text)</figcaption></figure>"
    }

    private var curves: String {
        let plots = ReportCurves(runs).plots.compactMap(\.svg)
        return section(
            "Curves",
            plots.isEmpty ? "" : "<div class=\"plots\">\n\(plots.joined(separator: "\n"))\n</div>"
        )
    }

    /// What an evaluation kept as lines and shares.
    private var findings: String {
        section(
            "Evaluation",
            each { run in
                guard let details = run.details else { return "" }
                func plot(
                    _ title: String,
                    _ across: String,
                    _ lines: [EvaluationDetails.Line]
                ) -> String? {
                    LinePlot(
                        title,
                        across: across,
                        lines.enumerated().map { index, line in
                            LinePlot.Series(
                                line.name,
                                zip(line.across, line.up).map { LinePlot.Point($0, $1) },
                                style: index
                            )
                        }
                    ).svg
                }
                let balance = BarPlot(
                    "Share of each class (mark: real pictures)",
                    details.balance.map { BarPlot.Bar($0.name, $0.drawings, beside: $0.real) }
                ).svg
                let plots = [
                    plot("Spectrum, log₁₀ of the power", "cycles a picture", details.spectra),
                    plot("Precision and recall", "boldness", details.boldness), balance,
                ].compactMap { $0 }
                return plots.isEmpty
                    ? "" : "<div class=\"plots\">\n\(plots.joined(separator: "\n"))\n</div>"
            }
        )
    }

    /// Sheets that an evaluation kept.
    private func kept() throws -> String {
        let body = try each { run in
            let figures = try (run.details?.sheets ?? []).compactMap { sheet -> String? in
                // Only files of the folder itself, whatever the details say.
                let file = run.folder.url.appending(
                    path: URL(filePath: sheet.file).lastPathComponent
                )
                guard FileManager.default.fileExists(atPath: file.path) else { return nil }
                return try figure(file, caption: sheet.title)
            }
            return figures.isEmpty
                ? "" : "<div class=\"sheets\">\n\(figures.joined(separator: "\n"))\n</div>"
        }
        return section("Best, worst, nearest", body)
    }

    private var cost: String {
        section(
            "Cost",
            each { run in
                let rows = RunCost(of: run).rows.map {
                    "<tr><th scope=\"row\">\($0.name)</th><td class=\"number\">\(Markup.text($0.value))</td></tr>"
                }
                return rows.isEmpty ? "" : "<table>\n\(rows.joined(separator: "\n"))\n</table>"
            }
        )
    }

    /// What the runs were told; of several only what is not the same.
    private var recipe: String {
        guard runs.count > 1 else {
            let recipe = runs[0].recipe
            return section("Recipe", recipe.isEmpty ? "" : "<pre>\(Markup.text(recipe))</pre>")
        }
        let options = runs.map { RunOptions($0.options) }
        let head = ["<th>option</th>"] + runs.map { "<th>\(Markup.text($0.folder.name))</th>" }
        let rows = RunOptions.differences(options).map { name in
            let cells = options.map { "<td>\(Markup.text($0.values[name] ?? "–"))</td>" }
            return "<tr><th scope=\"row\">\(Markup.text(name))</th>\(cells.joined())</tr>"
        }
        return section(
            "What is not the same in the recipes",
            rows.isEmpty
                ? "<p>Nothing.</p>"
                : "<div class=\"wide\"><table>\n<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n"
                    + rows.joined(separator: "\n") + "\n</tbody></table></div>"
        )
    }
}
