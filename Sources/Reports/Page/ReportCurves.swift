/// The curves of runs: a plot for each figure, a line for each run.
struct ReportCurves {
    private let runs: [RunRecord]

    /// Curves of runs.
    init(_ runs: [RunRecord]) { self.runs = runs }

    /// Figures that say nothing about how well it goes.
    private static let hidden: Set = [
        "Progress/tick", "Progress/step", "Progress/kimg", "Timing/total_sec",
        "Timing/sec_per_kimg", "Timing/data_wait_share", "Health/suspicion",
    ]

    /// What is looked at first stands first.
    private static let order = [
        "Metrics/", "Evaluation/", "Loss/", "Health/", "Progress/", "Timing/",
    ]

    /// The plots.
    var plots: [LinePlot] {
        let names = Set(runs.flatMap(\.figures)).subtracting(ReportCurves.hidden)
        let bases = Set(names.map { ReportCurves.base($0) })
        let sorted = bases.sorted { (ReportCurves.rank($0), $0) < (ReportCurves.rank($1), $1) }
        return sorted.compactMap { base in
            let series = runs.enumerated().flatMap { index, run in
                ReportCurves.parts(of: base, among: names).enumerated().map { part, name in
                    LinePlot.Series(
                        self.name(run, base: base, figure: name),
                        run.points(name),
                        style: runs.count > 1 && part == 0 ? index : index + part * runs.count
                    )
                }
            }.filter { $0.points.count > 1 }
            guard !series.isEmpty, series.contains(where: ReportCurves.moves) else { return nil }
            return LinePlot(base, across: "thousand pictures", series)
        }
    }

    /// Real and drawn pictures share a plot.
    private static func base(_ name: String) -> String {
        for end in ["/real", "/fake"] where name.hasSuffix(end) {
            return String(name.dropLast(end.count))
        }
        return name
    }

    private static func parts(of base: String, among names: Set<String>) -> [String] {
        names.contains(base) ? [base] : ["\(base)/real", "\(base)/fake"].filter(names.contains)
    }

    private func name(_ run: RunRecord, base: String, figure: String) -> String {
        let part = figure == base ? "" : String(figure.dropFirst(base.count + 1))
        guard runs.count > 1 else { return part.isEmpty ? figure : part }
        return part.isEmpty ? run.folder.name : "\(run.folder.name) \(part)"
    }

    private static func moves(_ series: LinePlot.Series) -> Bool {
        series.points.contains { $0.y != series.points[0].y }
    }

    private static func rank(_ name: String) -> Int {
        order.firstIndex { name.hasPrefix($0) } ?? order.count
    }
}
