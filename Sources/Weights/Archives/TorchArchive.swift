import Foundation

/// A file as PyTorch writes it since version 1.6, or of a TorchScript program, whose code is left alone: a ZIP with
/// a pickle and the numbers of each storage.
struct TorchArchive {
    /// What it holds.
    let pickle: Pickle

    /// The most bytes of the pickle, which holds no numbers of tensors.
    private static let mostBytes = 1 << 28

    /// Reads an archive; the numbers are read when they are wanted.
    ///
    /// - Throws: `WeightsError`.
    init(_ data: Data, limits: PickleLimits = .standard) throws(WeightsError) {
        let directory = try ZipDirectory(data)
        let found = directory.entries.keys.filter { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") }
        guard let path = found.min(by: { ($0.count, $0) < ($1.count, $1) }) else {
            throw WeightsError(
                .unknown,
                "it is a ZIP without a data.pkl; an archive of torch.save is expected"
            )
        }
        let folder = String(path.dropLast("data.pkl".count))
        if directory.entries[folder + "byteorder"] != nil {
            let order = try directory.contents(of: folder + "byteorder")
            guard order.elementsEqual("little".utf8) else {
                throw WeightsError(
                    .unknown,
                    "its numbers have the greatest byte first, which is not read"
                )
            }
        }
        let bytes = try directory.contents(of: path)
        guard bytes.count <= Self.mostBytes else {
            throw WeightsError(.tooLarge, at: path, "has \(bytes.count) bytes")
        }
        pickle = try Pickle(bytes, limits: limits)
        for (key, storage) in pickle.storages {
            let entry = "\(folder)data/\(key)"
            storage.bytes = { try directory.contents(of: entry) }
        }
    }
}
