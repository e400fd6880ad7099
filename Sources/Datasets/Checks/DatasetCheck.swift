import Foundation
import Imaging

/// Goes through a whole source and lists what is wrong with it.
public struct DatasetCheck: Sendable {
    /// Pictures with a shorter side than this are listed as too small.
    public let minimumSide: Int

    /// Whether the first finding ends the check.
    public let stopsAtFirst: Bool

    /// Makes a check.
    public init(minimumSide: Int = 1, stopsAtFirst: Bool = false) {
        self.minimumSide = minimumSide
        self.stopsAtFirst = stopsAtFirst
    }

    /// What one picture turned out to be.
    private enum Outcome: Sendable {
        case readable(width: Int, height: Int, channels: Int, hash: PixelHash)
        case undrawable
        case failed(any Error)
    }

    /// Decodes every picture, on all cores, and reports in the order of the source.
    ///
    /// - Parameters:
    ///   - source: The pictures.
    ///   - progress: Told how many pictures of how many are done.
    /// - Returns: The report; it never throws because of a picture.
    public func report(
        on source: some PictureSource,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) -> DatasetReport {
        var report = DatasetReport(name: source.name, classNames: source.classNames)
        report.pictures = source.count
        report.findings = source.problems
        var firsts: [PixelHash: Int] = [:]
        let work = OrderedWork(stripLength: 32)
        let step = 512
        for start in stride(from: 0, to: source.count, by: step) {
            if stopsAtFirst && !report.findings.isEmpty { break }
            let indices = start..<min(start + step, source.count)
            let outcomes = work.map(indices) { Self.outcome(source, $0) }
            for (index, outcome) in zip(indices, outcomes) {
                if stopsAtFirst && !report.findings.isEmpty { break }
                report.checked += 1
                let record = source.record(at: index)
                report.count(record.label)
                switch outcome {
                case .undrawable:
                    report.undrawable += 1
                case .failed(let error):
                    report.findings.append(Finding(unreadable: record.identifier, error))
                case .readable(let width, let height, let channels, let hash):
                    report.count(width: width, height: height, channels: channels)
                    if min(width, height) < minimumSide {
                        report.findings.append(
                            Finding(
                                .tooSmall,
                                record.identifier,
                                "\(width) x \(height), asked for are \(minimumSide)"
                            )
                        )
                    }
                    guard let first = firsts[hash] else {
                        firsts[hash] = index
                        continue
                    }
                    let name = source.record(at: first).identifier
                    report.findings.append(
                        Finding(.duplicate, record.identifier, "the same pixels as \(name)")
                    )
                }
            }
            progress?(indices.upperBound, source.count)
        }
        return report
    }

    private static func outcome(_ source: some PictureSource, _ index: Int) -> Outcome {
        do {
            let picture = try source.picture(at: index)
            return .readable(
                width: picture.width,
                height: picture.height,
                channels: picture.channels,
                hash: PixelHash(picture)
            )
        } catch let error as DatasetError where error.kind == .undrawable {
            return .undrawable
        } catch {
            return .failed(error)
        }
    }
}
