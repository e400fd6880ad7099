import Foundation
import Reports
import Runs

/// A training run as pages and programs see it.
struct RunView: Codable, Sendable, Equatable {
    /// What a run's figures say of it.
    struct Health: Codable, Sendable, Equatable {
        var title: String
        var advice: String
    }

    var id: String
    var recipe: String
    var set: String
    var state: String
    @Nullable var reason: String?
    var message: String
    var step: Int
    var images: Int
    var epoch: Int
    var epochs: Int
    var updated: Double
    var started: Double
    @Nullable var eta: Double?
    @Nullable var health: Health?
    /// Whether a process on this machine works on it now.
    var isOurs: Bool

    /// A run.
    init(_ run: RunRecord) {
        struct Options: Decodable {
            struct Data: Decodable { var set: String? }
            struct Training: Decodable { var epochs: Int? }
            var name: String?
            var data: Data?
            var training: Training?
        }
        let options = try? JSONDecoder().decode(
            Options.self,
            from: Foundation.Data(run.options.utf8)
        )
        id = run.folder.name
        recipe = options?.name ?? ""
        set = options?.data?.set ?? ""
        epochs = options?.training?.epochs ?? 0
        let status = run.status
        let isAlive = status?.state == .running && status?.isProcessAlive == true
        state =
            status?.state == .running && !isAlive ? "stopped" : status?.state.rawValue ?? "stopped"
        reason = status?.reason?.rawValue
        message = status?.message ?? ""
        step = status?.step ?? 0
        images = status?.images ?? 0
        epoch = status?.epoch ?? 0
        updated = status?.updated.timeIntervalSince1970 ?? 0
        started = status?.started.timeIntervalSince1970 ?? 0
        isOurs = isAlive
        if isAlive, epoch > 0, epochs > epoch {
            eta = (updated - started) / Double(epoch) * Double(epochs - epoch)
        }
        health = RunHealth(of: run).findings.first.map {
            Health(title: "\($0.level)", advice: $0.text)
        }
    }
}

/// A run with its figures and pictures.
struct RunDetails: Encodable, Sendable {
    /// A grid drawn on the way.
    struct Sample: Encodable, Sendable {
        var name: String
        var images: Double
        var url: String
    }

    var run: RunView
    var options: RawJSON
    var curves: [String: [[Double]]]
    var samples: [Sample]
    var log: [String]
    var findings: [String]

    private enum Keys: String, CodingKey { case options, curves, samples, log, findings }

    /// Reads all of a run, with addresses below a base.
    init(_ record: RunRecord, below base: BasePath) {
        run = RunView(record)
        options = RawJSON(text: record.options.isEmpty ? "{}" : record.options)
        var curves: [String: [[Double]]] = [:]
        for entry in record.entries {
            guard let place = entry.statistics["Progress/kimg"].map({ $0.mean * 1000 }),
                place.isFinite
            else { continue }
            for (name, figure) in entry.statistics where figure.mean.isFinite {
                curves[name, default: []].append([place, figure.mean])
            }
        }
        self.curves = curves.mapValues(RunDetails.thinned)
        let id = record.folder.name
        samples = record.sheets.map {
            Sample(
                name: $0.file.lastPathComponent,
                images: $0.kiloimages * 1000,
                url: base.address("/api/training/\(id)/file/\($0.file.lastPathComponent)")
            )
        }
        let text = (try? String(contentsOf: record.folder.log, encoding: .utf8)) ?? ""
        log = text.split(separator: "\n").suffix(200).map(String.init)
        findings = RunHealth(of: record).findings.map(\.text)
    }

    /// At most 600 points of a curve.
    private static func thinned(_ points: [[Double]]) -> [[Double]] {
        guard points.count > 600 else { return points }
        let step = Double(points.count - 1) / 599
        return (0..<600).map { points[Int((Double($0) * step).rounded())] }
    }

    func encode(to encoder: any Encoder) throws {
        try run.encode(to: encoder)
        var box = encoder.container(keyedBy: Keys.self)
        try box.encode(options, forKey: .options)
        try box.encode(curves, forKey: .curves)
        try box.encode(samples, forKey: .samples)
        try box.encode(log, forKey: .log)
        try box.encode(findings, forKey: .findings)
    }
}
