import Foundation
import Torch

extension Module {
    /// Writes everything the module keeps to a safetensors file.
    ///
    /// - Throws: `TorchError.file` with the system's reason.
    public func save(to url: URL, metadata: [String: String] = [:]) throws(TorchError) {
        try Safetensors.write(state(), metadata: metadata, to: url)
    }

    /// Takes on the tensors of a safetensors file: all names, no others, same shapes and types.
    ///
    /// Names and shapes are compared before any tensor is read.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - allowsNonFinite: Whether infinities and NaN are read rather than refused.
    /// - Returns: The texts that the file came with.
    /// - Throws: `StateMismatch` with everything that differs, `TorchError`; the module is then
    ///   unchanged.
    @discardableResult
    public func load(from url: URL, allowsNonFinite: Bool = false) throws -> [String: String] {
        let (tensors, metadata) = try Safetensors.read(
            from: url,
            expecting: outline(),
            allowsNonFinite: allowsNonFinite
        )
        try load(state: tensors, origin: url.path)
        return metadata
    }
}
