import Foundation

/// A file of weights that another program wrote, read as data.
///
/// PyTorch's archives and its older form, pickles of whole networks as StyleGAN writes them, and TorchScript
/// programs, of which only the weights are looked at. Numbers are read when they are asked for.
public struct WeightsFile {
    /// The forms that are read.
    public enum Form: String, Sendable {
        /// PyTorch since version 1.6, and TorchScript.
        case archive = "PyTorch's archive"
        /// PyTorch before it.
        case legacy = "PyTorch's older form"
        /// A plain pickle.
        case pickle
    }

    /// The form that was found.
    public let form: Form
    let pickle: Pickle

    /// Opens a file.
    ///
    /// - Throws: `WeightsError` with the file's path.
    public init(contentsOf url: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: url, options: .alwaysMapped)
        } catch {
            throw WeightsError(
                .unknown,
                at: url.path,
                "cannot be read (\(error.localizedDescription))",
                cure: "Check that it exists and that you may read it."
            )
        }
        do throws(WeightsError) {
            try self.init(data)
        } catch {
            throw error.inFile(url.path)
        }
    }

    /// Gives what the file holds to a body; it is taken apart afterwards.
    ///
    /// - Throws: What the body throws.
    public func withContents<Result, Failure: Error>(
        _ body: (PickleValue) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try pickle.with(body)
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: `WeightsError`.
    public init(_ data: Data) throws(WeightsError) {
        if data.starts(with: "PK".utf8) {
            form = .archive
            pickle = try TorchArchive(data).pickle
        } else if LegacyTorchFile.begins(data) {
            form = .legacy
            pickle = try LegacyTorchFile(data).pickle
        } else {
            form = .pickle
            pickle = try Pickle(data)
        }
    }
}
