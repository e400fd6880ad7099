import Foundation

/// A file as PyTorch wrote it before version 1.6: five pickles in a row, then the numbers of each storage.
struct LegacyTorchFile {
    /// What it holds.
    let pickle: Pickle

    /// The number that such files begin with, least byte first.
    private static let magic: [UInt8] = [
        0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]
    private static let version = 1001

    /// Whether data begins like such a file.
    static func begins(_ data: Data) -> Bool {
        (try? Pickle(data.prefix(64)))?.with(isMagic) ?? false
    }

    private static func isMagic(_ value: PickleValue) -> Bool {
        if case .long(let number) = value { number == magic } else { false }
    }

    private static func isGreatestFirst(_ system: PickleValue) -> Bool {
        if case .bool(false)? = system.dictionary?["little_endian"] { true } else { false }
    }

    /// Reads a file.
    ///
    /// - Throws: `WeightsError`.
    init(
        _ data: Data,
        limits: PickleLimits = .standard,
        nesting: Int = 0
    ) throws(WeightsError) {
        func next(_ start: Int) throws(WeightsError) -> Pickle {
            try Pickle(data, from: start, limits: limits, nesting: nesting)
        }
        let first = try next(0)
        guard first.with(Self.isMagic) else {
            throw WeightsError(.unknown, "it does not begin as PyTorch's files do")
        }
        let protocolVersion = try next(first.end)
        guard protocolVersion.with(\.int) == Self.version else {
            throw WeightsError(
                .unknown,
                "it is of another version of PyTorch's older form than 1001"
            )
        }
        let system = try next(protocolVersion.end)
        if system.with(Self.isGreatestFirst) {
            throw WeightsError(
                .unknown,
                "its numbers have the greatest byte first, which is not read"
            )
        }
        pickle = try next(system.end)
        let keys = try next(pickle.end)
        var reader = PickleReader(data, from: keys.end)
        let names = keys.with { value in
            (value.items ?? []).map { $0.text ?? $0.int.map(String.init) }
        }
        for name in names {
            guard let key = name, let storage = pickle.storages[key]
            else { throw WeightsError(.damaged, "it has numbers of a storage that nothing uses") }
            let count = try reader.number(8)
            let width = storage.type?.byteCount ?? 1
            let (length, overflow) = count.multipliedReportingOverflow(by: width)
            guard count == storage.count, !overflow else {
                throw WeightsError(
                    .damaged,
                    "storage \(key) has \(count) numbers, \(storage.count) are expected"
                )
            }
            let bytes = try reader.bytes(length)
            storage.bytes = { bytes }
        }
    }
}
