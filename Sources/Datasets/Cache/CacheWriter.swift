import Files
import Foundation

/// Decodes a source in parallel and writes its cache in the order of the source.
struct CacheWriter<Source: PictureSource> {
    let source: Source
    let key: CacheHeader.Key
    let file: URL

    private let stripLength = 64
    private let stripsAtOnce = 8

    /// The outcome for one picture.
    private enum Outcome: Sendable {
        case decoded([UInt8])
        case failed(any Error)
    }

    private struct Tables {
        var labels: [Int32] = []
        var index: [UInt64] = [0]
        var records = Data()
        var skipped: [(finding: Finding, isUndrawable: Bool)] = []
        var undrawable = 0
    }

    func write(
        notice: (String) -> Void,
        progress: (@Sendable (Int, Int) -> Void)?
    ) throws {
        // The lock is held, so nobody else writes this file now.
        AtomicFile.removeTemporaries(
            in: file.deletingLastPathComponent(),
            of: file.lastPathComponent
        )
        var tables = Tables()
        try StoredFile.writing(file) { output in
            try fill(output, &tables, progress: progress)
        }
        if !tables.skipped.isEmpty {
            let undrawable = tables.undrawable
            let damaged = tables.skipped.count - undrawable
            if damaged > 0, let first = tables.skipped.first(where: { !$0.isUndrawable }) {
                notice(
                    "\(damaged) pictures of \(source.name) cannot be read and are left out, the first:"
                        + " \(first.finding.message)"
                )
            }
            if undrawable > 0 {
                notice("\(undrawable) pictures of \(source.name) cannot be drawn here")
            }
        }
    }

    private func fill(
        _ output: FileDraft,
        _ tables: inout Tables,
        progress: (@Sendable (Int, Int) -> Void)?
    ) throws {
        output.skip(to: CacheHeader.pixelOffset)
        var pixelHash = XXHash64()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let step = stripLength * stripsAtOnce
        for start in stride(from: 0, to: source.count, by: step) {
            let indices = start..<min(start + step, source.count)
            for (index, outcome) in zip(indices, decoded(indices)) {
                switch outcome {
                case .decoded(let pixels):
                    try output.append(pixels)
                    pixels.withUnsafeBytes { pixelHash.update($0) }
                    let record = source.record(at: index)
                    tables.labels.append(
                        (record.label.flatMap { Int32(exactly: $0) } ?? -1).littleEndian
                    )
                    tables.records.append(try encoder.encode(record))
                    tables.index.append(UInt64(tables.records.count).littleEndian)
                case .failed(let error):
                    try skip(index, error, &tables)
                }
            }
            progress?(indices.upperBound, source.count)
        }
        try finish(output, tables, pixelHash)
    }

    private func skip(_ index: Int, _ error: any Error, _ tables: inout Tables) throws {
        let undrawable = (error as? DatasetError)?.kind == .undrawable
        guard undrawable || key.options.damage == .skip else { throw error }
        if undrawable { tables.undrawable += 1 }
        let name = source.record(at: index).identifier
        tables.skipped.append(
            (Finding(unreadable: name, error), undrawable)
        )
    }

    private func finish(_ output: FileDraft, _ tables: Tables, _ pixelHash: XXHash64) throws {
        guard !tables.labels.isEmpty else {
            throw DatasetError(
                .damaged,
                at: source.name,
                "not one of \(source.count) pictures can be decoded",
                cure: "run the data check for the particulars"
            )
        }
        // The padding before the labels counts as pixels, so that no byte goes unchecked.
        var pixelHash = pixelHash
        let padding = (8 - output.count % 8) % 8
        [UInt8](repeating: 0, count: padding).withUnsafeBytes { pixelHash.update($0) }
        try output.pad(to: 8)
        let labelOffset = output.count
        var table = tables.labels.withUnsafeBytes { Data($0) }
        table.append(Data(count: (8 - table.count % 8) % 8))
        let indexOffset = labelOffset + table.count
        table.append(tables.index.withUnsafeBytes { Data($0) })
        let recordOffset = labelOffset + table.count
        table.append(tables.records)
        let header = CacheHeader(
            key: key,
            name: source.name,
            count: tables.labels.count,
            classNames: source.classNames,
            skipped: tables.skipped.map(\.finding),
            labelOffset: labelOffset,
            indexOffset: indexOffset,
            recordOffset: recordOffset,
            recordBytes: tables.records.count,
            pixelHash: pixelHash.value,
            tableHash: table.withUnsafeBytes { XXHash64.hash($0) }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = try encoder.encode(header)
        try output.append(table)
        try output.append(text)
        try output.write(header.preamble(header: text), at: 0)
    }

    /// Decodes some pictures on all cores.
    private func decoded(_ indices: Range<Int>) -> [Outcome] {
        OrderedWork(stripLength: stripLength).map(indices) { index in
            do {
                let picture = try source.picture(at: index)
                return .decoded(
                    key.options.fitted(picture, depth: key.depth ?? .eight).samples
                )
            } catch {
                return .failed(error)
            }
        }
    }
}
