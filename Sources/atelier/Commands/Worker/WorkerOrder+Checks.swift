import Foundation
import Imaging
import Prompts
import Runs

extension WorkerOrder {
    /// Refuses an order with fields that its task cannot use, before anything is done.
    ///
    /// - Parameters:
    ///   - count: How many pictures are taken.
    ///   - limits: The numbers that are taken, and from where to where.
    /// - Throws: `WorkerProblem` that names the field.
    func check(
        pictures count: ClosedRange<Int>,
        numbers limits: [String: ClosedRange<Double>] = [:]
    ) throws(WorkerProblem) {
        guard count.contains(pictures.count) else {
            let range =
                count.count == 1
                ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
            throw .expected("\(range) files", "pictures", found: "\(pictures.count)")
        }
        for (name, value) in numbers.sorted(by: { $0.key < $1.key }) {
            guard let range = limits[name] else {
                let known = limits.keys.sorted().joined(separator: ", ")
                let expected = known.isEmpty ? "no numbers" : "numbers among \(known)"
                throw .expected("\(expected) for '\(task.rawValue)'", "numbers", found: "'\(name)'")
            }
            guard range.contains(value) else {
                throw .expected(
                    "\(range.lowerBound) to \(range.upperBound)",
                    name,
                    found: "\(value)"
                )
            }
        }
        guard mask == nil || task == .inpaint || task == .restore else {
            throw .expected("nothing for '\(task.rawValue)'", "mask", found: "a file")
        }
        guard (0...8).contains(previews) else {
            throw .expected("0 to 8", "previews", found: "\(previews)")
        }
    }

    /// Refuses an order that names no pictures to draw, or no place for them.
    ///
    /// - Throws: `WorkerProblem` that names the field.
    func checkPlaces() throws(WorkerProblem) {
        guard !folder.isEmpty else {
            throw .expected("the path of a folder", "folder", found: "nothing")
        }
        guard (1...1000).contains(indices.count) else {
            throw .expected("1 to 1000 of them", "indices", found: "\(indices.count)")
        }
        for index in indices where !(0...999_999_999).contains(index) {
            throw .expected("0 to 999999999", "indices", found: "\(index)")
        }
        guard Set(indices).count == indices.count else {
            throw .expected("each picture once", "indices", found: "some twice")
        }
    }

    /// A number without a part behind the point.
    ///
    /// - Parameter name: What it is called.
    /// - Returns: The number; nothing where it is not given.
    /// - Throws: `WorkerProblem` that names it.
    func whole(_ name: String) throws(WorkerProblem) -> Int? {
        guard let number = numbers[name] else { return nil }
        guard let whole = Int(exactly: number) else {
            throw .expected("a whole number", name, found: "\(number)")
        }
        return whole
    }

    /// The files of the pictures.
    var files: [URL] { pictures.map { URL(filePath: $0) } }

    /// The pictures.
    ///
    /// - Returns: In their order.
    /// - Throws: `ImagingError`.
    func readPictures() throws -> [Picture] { try files.map { try Picture(contentsOf: $0) } }

    /// What the mask hides.
    ///
    /// - Returns: Nothing where there is no mask.
    /// - Throws: `WorkerProblem` for a file that is no picture.
    func readMask() throws(WorkerProblem) -> PictureMask? {
        guard let mask else { return nil }
        do {
            return PictureMask(try Picture(contentsOf: URL(filePath: mask)))
        } catch {
            throw WorkerProblem(.invalidImage, "\(error)", parameter: "mask")
        }
    }
}
