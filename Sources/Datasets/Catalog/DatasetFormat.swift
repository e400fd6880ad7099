import Foundation
import Registries
import Settings

/// A format that pictures of a data set come in.
public struct DatasetFormat: Sendable {
    /// What it is called.
    public let name: String
    /// Whether a file or folder is of the format, and has a split.
    let recognises: @Sendable (URL, Split) -> Bool
    /// Reads a split of it; of formats without a test part the source holds some out itself.
    let open: @Sendable (URL, Split) throws -> any PictureSource

    /// A format.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - recognises: Whether a file or folder is of the format, and has a split; it is only looked at, not read.
    ///   - open: Reads a split of it.
    public init(
        _ name: String,
        recognises: @escaping @Sendable (URL, Split) -> Bool,
        open: @escaping @Sendable (URL, Split) throws -> any PictureSource
    ) {
        (self.name, self.recognises, self.open) = (name, recognises, open)
    }

    /// All formats; the last are asked first, those that were added before those of the product.
    public static let registry = Registry<DatasetFormat>(
        "data format",
        [folder, archive, scans] + CIFARSource.Variant.allCases.reversed().map(cifar) + [idx]
    ) { $0.name }

    /// The format of a file or folder that is there.
    static func format(of place: URL, split: Split) -> DatasetFormat? {
        registry.all.last { $0.recognises(place, split) }
    }

    /// A folder of pictures.
    static let folder = DatasetFormat("folder") { place, _ in
        FileFacts(place)?.isFile == false
    } open: { place, split in
        let source = try FolderSource(place, split: split)
        return source.isSplit ? source : DatasetCatalog.held(source, split)
    }

    /// An archive of pictures.
    static let archive = DatasetFormat("archive") { place, _ in
        FileFacts(place)?.isFile == true
    } open: { place, split in
        let source = try ArchiveSource(place, split: split)
        return source.isSplit ? source : DatasetCatalog.held(source, split)
    }

    /// A file or folder of DICOM or NIfTI files.
    static let scans = DatasetFormat("scans") { place, _ in
        ScanSource.isPresent(in: place)
    } open: { place, split in
        let source = try ScanSource(place, split: split)
        return source.isSplit ? source : source.part(split)
    }

    private static let idx = DatasetFormat("idx") { place, split in
        IDXSource.isPresent(in: place, split: split)
    } open: { place, split in
        try IDXSource(folder: place, split: split, name: place.lastPathComponent)
    }

    private static func cifar(_ variant: CIFARSource.Variant) -> DatasetFormat {
        DatasetFormat(variant.rawValue) { place, split in
            CIFARSource.isPresent(in: place, variant: variant, split: split)
        } open: { place, split in
            try CIFARSource(folder: place, variant: variant, split: split)
        }
    }
}
