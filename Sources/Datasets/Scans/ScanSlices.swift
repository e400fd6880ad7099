import Foundation
import Scans

/// A slice of a set of scans before it is read: where it lies and what it belongs to.
struct ScanPlace: Sendable {
    /// Where in its file it lies.
    enum Part: Sendable {
        /// A picture of a DICOM file.
        case frame(Int)
        /// A slice of a NIfTI file.
        case slice(ScanPlane, Int, volume: Int)
        /// Nowhere: the file cannot be read.
        case unreadable(ScanError)
    }

    /// Which of the listed files.
    let item: Int
    /// Where in it.
    let part: Part
    /// How it lies in the body.
    let plane: ScanPlane?
    /// What is behind the file's path in its name; nothing for a file of one picture.
    let suffix: String
    /// What tells its patient from others; for dividing alone, never kept.
    let patient: String
    /// What tells its series from others.
    let series: String
}

/// Finds the slices of files by what they say of themselves, without reading their values.
struct ScanSlices {
    /// The slices, file after file.
    private(set) var places: [ScanPlace] = []
    /// What is not taken, and why.
    private(set) var leftOut = LeftOut()
    private let choices: SliceChoices
    private let planes: [ScanPlane]

    /// Slices of a file that are taken.
    private static let most = 1 << 18

    /// What a file says of itself.
    private enum Facts: Sendable {
        case dicom(planes: [ScanPlane?], patient: String?, series: String?)
        case nifti(NIfTIHeader)
        case failed(ScanError)
    }

    /// Looks at files.
    ///
    /// - Parameters:
    ///   - files: Where they are, their kinds, and their paths in the set.
    ///   - choices: What is taken.
    ///   - planes: The planes that volumes are cut in.
    init(
        _ files: [(url: URL, kind: ScanFile.Kind, path: String)],
        _ choices: SliceChoices,
        planes: [ScanPlane]
    ) {
        (self.choices, self.planes) = (choices, planes)
        let facts = OrderedWork(stripLength: 16).map(files.indices) { place in
            ScanSlices.facts(files[place].url, files[place].kind)
        }
        for (item, facts) in facts.enumerated() {
            let path = files[item].path
            switch facts {
            case .dicom(let planes, let patient, let series):
                for (frame, plane) in planes.enumerated() {
                    places.append(
                        ScanPlace(
                            item: item,
                            part: .frame(frame),
                            plane: plane,
                            suffix: planes.count > 1 ? "#\(ScanSlices.number(frame))" : "",
                            patient: patient ?? series ?? path,
                            series: series ?? path
                        )
                    )
                }
            case .nifti(let header): cut(header, item, path)
            case .failed(let error): fail(error, item, path)
            }
        }
    }

    private static func facts(_ url: URL, _ kind: ScanFile.Kind) -> Facts {
        do {
            switch kind {
            case .nifti: return .nifti(try ScanFile.header(url))
            case .dicom:
                let file = try ScanFile.facts(url)
                return .dicom(
                    planes: (0..<file.frameCount).map(file.plane),
                    patient: file.patient,
                    series: file.series
                )
            }
        } catch let error as ScanError {
            return .failed(error)
        } catch {
            return .failed(ScanError(.damaged, at: url.path, "cannot be read: \(error)"))
        }
    }

    private static func number(_ value: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }

    private mutating func fail(_ error: ScanError, _ item: Int, _ path: String) {
        guard error.kind != .pictureless else {
            leftOut.add(path, .content, group: "DICOM files without a picture")
            return
        }
        places.append(
            ScanPlace(
                item: item,
                part: .unreadable(error),
                plane: nil,
                suffix: "",
                patient: path,
                series: path
            )
        )
    }

    /// The slices of a volume in all wanted planes.
    private mutating func cut(_ header: NIfTIHeader, _ item: Int, _ path: String) {
        let volumes = choices.takesAllVolumes ? header.volumes : 1
        guard volumes <= ScanSlices.most / header.sizes.prefix(3).reduce(0, +) else {
            return fail(
                ScanError(
                    .unsupported,
                    at: path,
                    "has more slices than are read: \(volumes) volumes, "
                        + "\(header.sizes.prefix(3).map(String.init).joined(separator: "x")) values"
                ),
                item,
                path
            )
        }
        leftOut.add(
            path,
            .slice,
            group: "volumes after the first (\"volumes\")",
            count: header.volumes - volumes
        )
        // Files of the usual layout for studies have a folder for each person.
        let parts = path.split(separator: "/").map(String.init)
        let person = parts.first { $0.hasPrefix("sub-") } ?? path
        // A single slice is cut in its own plane alone.
        let flat = ScanPlane.allCases.first { NIfTIVolume.sliceCount($0, of: header) == 1 }
        for volume in 0..<volumes {
            for plane in flat.map({ [$0] }) ?? planes {
                let count = NIfTIVolume.sliceCount(plane, of: header)
                let margin = Int(Double(count) * choices.margin)
                let kept = margin..<count - margin
                leftOut.add(
                    path,
                    .slice,
                    group: "slices near the ends of volumes (\"margin\")",
                    count: 2 * margin
                )
                let taken = stride(from: kept.lowerBound, to: kept.upperBound, by: choices.every)
                for number in taken {
                    let behind = header.volumes > 1 ? "-volume-\(ScanSlices.number(volume))" : ""
                    places.append(
                        ScanPlace(
                            item: item,
                            part: .slice(plane, number, volume: volume),
                            plane: plane,
                            suffix: "#\(plane.rawValue)-\(ScanSlices.number(number))\(behind)",
                            patient: person,
                            series: path
                        )
                    )
                }
                leftOut.add(
                    path,
                    .slice,
                    group: "slices between others (\"every\")",
                    count: kept.count - Array(taken).count
                )
            }
        }
    }
}
