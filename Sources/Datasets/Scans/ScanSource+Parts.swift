import Foundation
import Imaging
import Scans
import Settings

extension ScanSource {
    /// Whether a place has scans: a file of them, or a folder with some and no ordinary pictures, or with `scans.json`.
    static func isPresent(in place: URL) -> Bool {
        guard let facts = FileFacts(place) else { return false }
        if facts.isFile { return ScanFile.kind(place) != nil }
        if FileFacts(place.appending(path: SliceChoices.name)) != nil { return true }
        let found = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)
        var hasScans = false
        var looked = 0
        while let url = found?.nextObject() as? URL, looked < 20_000 {
            looked += 1
            let name = url.lastPathComponent
            if name.hasPrefix(".") { continue }
            if PictureListing.isPicture(name) { return false }
            hasScans = hasScans || ScanFile.kind(url) != nil
        }
        return hasScans
    }

    /// A part of a set that is not divided: about a tenth of the patients is held out, with all their slices.
    ///
    /// Where there is one patient alone, series are told apart; where there is one series alone, its slices.
    func part(_ split: Split) -> any PictureSource {
        for groups in [patients, allSeries] {
            let all = Set(groups)
            guard all.count > 1 else { continue }
            let hashes = all.map { (XXHash64.hash($0) >> 32, $0) }.sorted { $0 < $1 }
            let limit = UInt64(DatasetCatalog.heldOutFraction * 4_294_967_296)
            let drawn = hashes.filter { $0.0 < limit }.map(\.1)
            // Of few, one is held out all the same.
            let held = drawn.isEmpty ? Set(hashes.prefix(1).map(\.1)) : Set(drawn)
            let names = Set(
                groups.indices.filter { held.contains(groups[$0]) }
                    .map { record(at: $0).identifier }
            )
            return SubsetSource(self, split: split, rule: "patients") {
                names.contains($0.identifier)
            }
        }
        return DatasetCatalog.held(self, split)
    }
}
