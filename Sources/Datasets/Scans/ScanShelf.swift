import Foundation
import Scans
import Synchronization

/// The files that were read last, so that slices which follow one another read theirs once.
final class ScanShelf: Sendable {
    /// A file in memory.
    enum Loaded: Sendable {
        /// A DICOM file.
        case dicom(DICOMFile)
        /// A NIfTI file.
        case volume(NIfTIVolume)
    }

    private struct State {
        var files: [(path: String, loaded: Loaded)] = []
        var ranges: [String: ValueRange?] = [:]
    }

    private let state = Mutex(State())
    /// Files that are kept.
    private static let most = 2

    /// A file, read where it is not at hand.
    ///
    /// - Throws: What reading it throws.
    func file(_ url: URL, _ kind: ScanFile.Kind) throws -> Loaded {
        try state.withLock { state in
            if let known = state.files.first(where: { $0.path == url.path }) { return known.loaded }
            // Room is made before, so that no more than these are ever held.
            if state.files.count >= ScanShelf.most { state.files.removeFirst() }
            let loaded: Loaded =
                switch kind {
                case .dicom: .dicom(try ScanFile.dicom(url))
                case .nifti: .volume(try ScanFile.volume(url))
                }
            state.files.append((url.path, loaded))
            return loaded
        }
    }

    /// A range that is found once.
    func range(_ key: String, _ find: () -> ValueRange?) -> ValueRange? {
        if let known = state.withLock({ $0.ranges[key] }) { return known }
        let found = find()
        state.withLock { $0.ranges[key] = .some(found) }
        return found
    }
}
