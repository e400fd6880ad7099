import Foundation
import Imaging
import Reports
import Runs
import TestSupport
import Testing

/// Pages of runs that tests write for themselves.
@Suite struct ReportPageTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// A run's folder with figures, sheets, metrics and a status.
    private func run(
        _ name: String,
        rate: String = "2e-4",
        figures: (Int) -> [String: Double] = { ["Loss/D/loss": 1 / Double($0)] },
        ended reason: RunStatus.Reason? = .completed
    ) throws -> RunFolder {
        let url = scratch.url.appending(path: name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let folder = try RunFolder(opening: url)
        let journal = try Journal(folder.stats)
        for tick in 1...12 {
            var all = figures(tick)
            all["Progress/kimg"] = Double(tick)
            try journal.append(
                JournalEntry(
                    step: tick * 10,
                    statistics: all.mapValues { Statistic($0) },
                    timestamp: 1
                )
            )
        }
        var status = RunStatus(step: 120, images: 12_000, epoch: 2)
        if let reason { status = status.ended(reason, message: "<it> ended") }
        try status.write(to: folder.status)
        try Data(#"{"name": "dcgan", "rate": "\#(rate)", "model": {"widths": [1, 2]}}"#.utf8)
            .write(to: folder.trainingOptions)
        for number in ["_init", "000004", "000012"] {
            try Picture(
                width: 900,
                height: 30,
                channels: 4,
                samples: (0..<900 * 30 * 4).map { UInt8(truncatingIfNeeded: $0 * 7) }
            ).write(to: url.appending(path: "fakes\(number).png"))
        }
        return folder
    }

    @Test func aRunIsAPageByItself() throws {
        let folder = try run("00000-a<b>")
        let line =
            #"{"results":{"fid_local":12.5},"metric":"fid_local","interval":0.5,"drawings":99,"real":640}"#
        try Data((line + "\n" + line.replacing("12.5", with: "11.25") + "\n{torn").utf8)
            .write(to: folder.metric("fid_local"))
        let page = try ReportPage([RunRecord(folder)]).html()
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        // The last whole line counts.
        #expect(page.contains("11.250 ± 0.5000 (99 | 640)") && !page.contains("12.5"))
        #expect(page.contains("00000-a&lt;b&gt;") && !page.contains("a<b>"))
        #expect(page.contains("aria-label=\"Loss/D/loss\""))
        #expect(page.components(separatedBy: "data:image/jpeg;base64,").count == 4)
        #expect(page.contains("before training") && page.contains("after 12 thousand pictures"))
        #expect(page.contains("finished after 12,000 pictures"))
        // Nothing is fetched.
        #expect(!page.contains("http") || !page.contains("src=\"http"))
        #expect(page.utf8.count < 500_000)
    }

    /// In Chromium, without its console complaining, and on paper.
    @Test(.enabled(if: Browser() != nil, "no Chromium here: apt-get install chromium"))
    func aBrowserOpensAndPrintsIt() throws {
        let browser = try #require(Browser())
        let records = try [run("00000-a"), run("00001-b", rate: "1e-3")].map { try RunRecord($0) }
        let page = try ReportPage(records).html()
        let file = scratch.url.appending(path: "report.html")
        try Data(page.utf8).write(to: file)
        let opened = try browser.open(file)
        #expect(opened.console.isEmpty, "\(opened.console)")
        #expect(opened.elements.contains("Drawings over time"))
        #expect(page.utf8.count < 5_000_000)
        #expect(opened.paper.prefix(5) == Data("%PDF-".utf8) && opened.paper.count > 10_000)
        // A page that asks for what it must not have is told.
        let wrong = page.replacing("<h1>", with: "<script>1</script><h1>")
        try Data(wrong.utf8).write(to: file)
        #expect(try !browser.open(file).console.isEmpty)
    }

    @Test func runsStandSideBySide() throws {
        let records = try [run("00000-a"), run("00001-b", rate: "1e-3")].map { try RunRecord($0) }
        let page = try ReportPage(records).html()
        #expect(page.contains("<h1>2 runs</h1>"))
        #expect(page.contains("<td>2e-4</td><td>1e-3</td>"))
        #expect(!page.contains("model.widths"))
        #expect(page.contains("<title>00001-b</title>"))
    }

    @Test func anEvaluationIsShown() throws {
        let folder = try run("00000-a")
        var details = EvaluationDetails()
        details.spectra = [.init("drawings", across: [1, 2, 4], up: [3, 2, 1])]
        details.balance = [.init("cat", drawings: 0.7, real: 0.5)]
        details.sheets = [
            .init("Nearest", file: "fakes_init.png"), .init("Gone", file: "none.png"),
        ]
        try JSONEncoder().encode(details)
            .write(to: folder.url.appending(path: EvaluationDetails.name))
        let page = try ReportPage([RunRecord(folder)]).html()
        #expect(page.contains("Spectrum") && page.contains(">cat</text>"))
        #expect(page.contains("Nearest") && !page.contains("Gone"))
    }

    @Test func healthIsToldInWords() throws {
        func findings(
            _ reason: RunStatus.Reason? = .completed,
            _ figures: @escaping (Int) -> [String: Double]
        ) throws -> RunHealth {
            let name = "run-\(UUID().uuidString)"
            return RunHealth(of: try RunRecord(run(name, figures: figures, ended: reason)))
        }
        let wins = try findings { _ in ["Loss/signs/real": 1, "Loss/signs/fake": -1] }
        #expect(wins.verdict == .watch)
        #expect(wins.findings[0].text.contains("tells nearly every picture apart"))
        let even = try findings { _ in ["Loss/signs/real": 0.4, "Loss/signs/fake": -0.4] }
        #expect(even.verdict == .good)
        #expect(even.findings.contains { $0.text.contains("right about 70 %") })
        let worse = try findings { ["Evaluation/test_loss": abs(Double($0) - 4) + 1] }
        #expect(worse.findings.contains { $0.text.contains("best at 4.0 thousand") })
        let falling = try findings { ["Loss/G/nats": 8 / Double($0)] }
        #expect(falling.findings.contains { $0.text.contains("still falls") })
        let alike = try findings { _ in ["Health/spread": 0.9, "Health/label_spread": 0.1] }
        #expect(alike.verdict == .bad && alike.findings[0].text.contains("nearly one picture"))
        let varied = try findings { _ in ["Health/spread": 0.9, "Health/label_spread": 0.8] }
        #expect(varied.verdict == .good)
        let young = try findings { _ in ["Health/spread": 0.05, "Health/label_spread": 0.001] }
        #expect(young.verdict == .good)
        let failed = try findings(.nonFinite) { _ in ["Health/rollbacks": 2] }
        #expect(failed.verdict == .bad && failed.findings[0].text.contains("non_finite"))
        #expect(failed.findings.contains { $0.text.contains("2 times") })
    }

    @Test func whatIsNoRunIsRefused() throws {
        let folder = try run("00000-a")
        try Data("{nonsense}\n{}\n".utf8).write(to: folder.stats)
        #expect(throws: (any Error).self) { try RunRecord(folder) }
    }
}
