import Foundation
import Scans

/// A file of scans on the disk: which kind it is, and how it is read.
enum ScanFile {
    /// The kinds of files.
    enum Kind: Sendable, Equatable {
        /// A slice in DICOM.
        case dicom
        /// NIfTI, packed or plain.
        case nifti
    }

    /// The most bytes of a file, unpacked.
    static let mostBytes = 1 << 30

    /// The kind that a name tells; nothing where the content has to tell.
    static func kind(named path: String) -> Kind? {
        let name = (path.split(separator: "/").last ?? "").lowercased()
        if name.hasSuffix(".nii") || name.hasSuffix(".nii.gz") { return .nifti }
        return [".dcm", ".dicom", ".ima"].contains(where: name.hasSuffix) ? .dicom : nil
    }

    /// The kind of a file: by its name, or by DICOM's mark where the name has no ending that is known.
    static func kind(_ file: URL) -> Kind? {
        if let kind = kind(named: file.lastPathComponent) { return kind }
        guard !PictureListing.isPicture(file.lastPathComponent),
            let handle = try? FileHandle(forReadingFrom: file)
        else { return nil }
        defer { try? handle.close() }
        return DICOMFile.isMarked((try? handle.read(upToCount: 132)) ?? Data()) ? .dicom : nil
    }

    /// The bytes of a file, unpacked where it is a gzip file.
    static func data(_ file: URL) throws -> Data {
        try Gzip.contents(of: file, limit: mostBytes)
    }

    /// What a NIfTI file says of itself; of a packed file only the beginning is unpacked.
    static func header(_ file: URL) throws -> NIfTIHeader {
        let data = try Data(contentsOf: file, options: .mappedIfSafe)
        let start =
            Gzip.isCompressed(data)
            ? try Gzip.beginning(of: data, name: file.path, count: NIfTIHeader.bytes) : data
        let header = try NIfTIHeader(start, name: file.path)
        // A packed file has a byte for about a thousand at most.
        let most = Gzip.isCompressed(data) ? data.count * 1100 : data.count
        guard most >= header.wholeCount else {
            throw ScanError(
                .damaged,
                at: file.path,
                "is cut short: \(header.wholeCount) bytes are expected, the file has \(data.count)",
                cure: "copy the file again"
            )
        }
        return header
    }

    /// A volume.
    static func volume(_ file: URL) throws -> NIfTIVolume {
        let header = try header(file)
        guard header.wholeCount <= mostBytes else {
            throw ScanError(
                .unsupported,
                at: file.path,
                "has \(header.wholeCount) bytes, at most \(mostBytes) are read"
            )
        }
        let data = try Gzip.contents(of: file, limit: header.wholeCount + (1 << 20))
        return try NIfTIVolume(data, name: file.path)
    }

    /// A DICOM file whose pixels can be read; packed ones go through a program of their own.
    static func dicom(_ file: URL) throws -> DICOMFile {
        let data = try Data(contentsOf: file, options: .mappedIfSafe)
        do {
            let found = try DICOMFile(data, name: file.path)
            guard found.isPacked, PackedScan.tool != nil else { return found }
        } catch let error as ScanError where error.kind == .toolMissing {
            guard PackedScan.tool != nil else { throw error }
        }
        return try DICOMFile(try PackedScan.unpacked(file), name: file.path)
    }

    /// What a DICOM file says of itself, its pixels packed or not.
    static func facts(_ file: URL) throws -> DICOMFile {
        let data = try Data(contentsOf: file, options: .mappedIfSafe)
        do {
            return try DICOMFile(data, name: file.path)
        } catch let error as ScanError where error.kind == .toolMissing {
            return try dicom(file)
        }
    }
}
