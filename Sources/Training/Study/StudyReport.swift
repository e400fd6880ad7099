import Foundation
import Runs

/// A study's tables, in Markdown.
struct StudyReport {
    let plan: StudyPlan
    let parts: [StudyPart]
    let results: [StudyResult]

    /// The figures in the order in which tables have them.
    private static let columns: [(name: String, title: String, decimals: Int)] = [
        ("fid", "FID-local ↓", 2), ("draft_fid", "of drafts ↓", 2), ("kid", "KID-local · 10³ ↓", 1),
        ("precision", "precision ↑", 3), ("recall", "recall ↑", 3), ("coverage", "coverage ↑", 3),
        ("class_distance", "classes from even ↓", 3), ("asked", "class as asked ↑", 3),
        ("bits", "bits a number ↓", 3), ("psnr", "PSNR, dB ↑", 2),
        ("codes_in_use", "codes in use ↑", 3), ("perplexity", "perplexity ↑", 0),
        ("collapsed", "collapsed ↓", 2),
    ]

    /// A run in one line.
    static func line(_ result: StudyResult) -> String {
        let figures = columns.compactMap { name, title, decimals in
            result.figures[name].map { "\(title) \(fixed($0, decimals))" }
        }
        return "\(result.part)/\(result.variant) seed \(result.seed): "
            + figures.joined(separator: ", ")
    }

    /// All tables.
    var text: String {
        let hours = results.reduce(0) { $0 + $1.seconds } / 3600
        return """
            # Study

            Written by `atelier study`. Each run got as many steps as fit into its question's minutes at the \
            rates that were measured before the first one, all ways in turn, threads: \(plan.threads); seeds \
            \(plan.seeds.map(String.init).joined(separator: ", ")). Spent on training: \
            \(Self.fixed(hours, 1)) hours. Figures are means over the seeds ± half of the 95 % interval \
            (Student's t); distances are local, by features of a classifier trained on the same set, and \
            compare with each other alone.


            """ + parts.map(section).joined(separator: "\n")
    }

    private func section(_ part: StudyPart) -> String {
        let own = results.filter { $0.part == part.name }
        let shown = Self.columns.filter { column in
            own.contains { $0.figures[column.name] != nil }
        }
        let minutes = Self.fixed(plan.minutes * part.share, 1)
        var text = "## \(part.name)\n\n\(part.question) Each run: \(minutes) minutes.\n\n"
        text += table(
            ["", "steps"] + shown.map(\.title),
            (part.variants.map(\.name) + [StudyResult.real]).map { name in
                let runs = own.filter { $0.variant == name }
                let steps = runs.first.map { $0.steps > 0 ? String($0.steps) : "" } ?? ""
                return [name, steps]
                    + shown.map { column in
                        cell(runs.compactMap { $0.figures[column.name] }, column.decimals)
                    }
            }
        )
        let first = part.variants[0]
        text += "\nDifference from `\(first.name)`, seed by seed:\n\n"
        text += table(
            [""] + shown.map(\.title),
            part.variants.dropFirst().map { variant in
                [variant.name]
                    + shown.map { column in
                        cell(
                            differences(own, variant.name, first.name, column.name),
                            column.decimals,
                            isSigned: true
                        )
                    }
            }
        )
        return text
    }

    private func differences(
        _ results: [StudyResult],
        _ variant: String,
        _ first: String,
        _ figure: String
    ) -> [Double] {
        plan.seeds.compactMap { seed in
            func value(_ name: String) -> Double? {
                results.first { $0.variant == name && $0.seed == seed }?.figures[figure]
            }
            guard let own = value(variant), let other = value(first) else { return nil }
            return own - other
        }
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.enumerated().map { $0.offset == 0 ? "---" : "---:" }] + rows)
            .map { "| \($0.joined(separator: " | ")) |\n" }.joined()
    }

    private func cell(_ values: [Double], _ decimals: Int, isSigned: Bool = false) -> String {
        guard !values.isEmpty else { return "" }
        let interval = Interval(values)
        let sign = isSigned && interval.mean > 0 ? "+" : ""
        let mean = sign + Self.fixed(interval.mean, decimals)
        return interval.half.isFinite
            ? "\(mean) ± \(Self.fixed(interval.half, decimals))" : mean
    }

    private static func fixed(_ number: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", number)
    }
}
